using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Quantities;

namespace LlmMemory.Sources.Calibrations;

/// <summary>The errors of calibrations and their files.</summary>
internal static class CalibrationError
{
    private const int MaxShownNames = 8;

    /// <summary>No calibration of that name is kept, or no file is at that path.</summary>
    public static LlmMemoryException NotFound(string reference, IReadOnlyCollection<string> names, Exception? cause = null)
    {
        var known = names.Count == 0
            ? "None is kept yet: save one with Compare-LlmMemoryEstimate vllm.log $estimate -SaveCalibration h100."
            : $"Kept are {string.Join(", ", names.Take(MaxShownNames))}{(names.Count > MaxShownNames ? ", ..." : string.Empty)}: write -Calibration {names.First()}.";
        return new LlmMemoryException(
            ErrorIds.CalibrationNotFound, reference, $"No calibration {Quoted.Value(reference)} is there. {known}", cause);
    }

    /// <summary>A name that no file can have everywhere.</summary>
    public static LlmMemoryException BadName(string name)
    {
        return new LlmMemoryException(
            ErrorIds.CalibrationNameInvalid,
            name,
            $"{Quoted.Value(name)} is no name of a calibration: up to 64 letters, digits, '-', '_' and '.', a letter or digit first. "
            + "Write a name such as h100-vllm, or a path such as ./h100.json.");
    }

    /// <summary>There is no folder to keep calibrations in.</summary>
    public static LlmMemoryException WithoutFolder(string name)
    {
        return new LlmMemoryException(
            ErrorIds.CalibrationNameInvalid,
            name,
            $"The user has no folder that {Quoted.Value(name)} could be kept in. Write a path such as ./{name}.json.");
    }

    /// <summary>A file is no calibration.</summary>
    public static LlmMemoryException Invalid(string path, long offset, string problem, Exception? cause = null)
    {
        return new LlmMemoryException(
            ErrorIds.CalibrationInvalid,
            path,
            $"'{path}' is no calibration: at byte {offset}, {problem}. Save it again with Compare-LlmMemoryEstimate ... -SaveCalibration h100 -Force.",
            cause)
        { Offset = offset };
    }

    /// <summary>A file is longer than any calibration.</summary>
    public static LlmMemoryException TooLarge(string path, long maxBytes)
    {
        return Invalid(path, maxBytes, $"it goes on, and no calibration has more than {maxBytes} bytes");
    }

    /// <summary>More logs than a calibration holds.</summary>
    public static LlmMemoryException TooManyLogs(string name, int maxLogs)
    {
        return new LlmMemoryException(
            ErrorIds.CalibrationInvalid,
            name,
            $"{Quoted.Value(name)} would have more than {maxLogs} logs. Save the newest ones alone, with -Force.");
    }

    /// <summary>The system does not hand a file out.</summary>
    public static LlmMemoryException Unreadable(string path, Exception cause)
    {
        return new LlmMemoryException(
            ErrorIds.CalibrationUnreadable,
            path,
            $"'{path}' cannot be read: {cause.Message} Give a file that is not locked and that you may read, such as ./h100.json.",
            cause);
    }

    /// <summary>A calibration is there already.</summary>
    public static LlmMemoryException Exists(string name)
    {
        return new LlmMemoryException(
            ErrorIds.CalibrationExists,
            name,
            $"A calibration {Quoted.Value(name)} is there already. Add -Append to add these logs to it, or -Force to replace it.");
    }

    /// <summary>The system does not let a file be written.</summary>
    public static LlmMemoryException NotSaved(string path, Exception cause)
    {
        return new LlmMemoryException(
            ErrorIds.CalibrationNotSaved,
            path,
            $"'{path}' cannot be written: {cause.Message} What was there is as it was. Give a place that you may write to, such as ./h100.json.",
            cause);
    }

    /// <summary>Two calibrations that do not belong together.</summary>
    public static LlmMemoryException OfOther(CalibrationProfile first, CalibrationProfile second)
    {
        return new LlmMemoryException(
            ErrorIds.CalibrationMismatch,
            first.Name,
            $"The calibration {Quoted.Value(first.Name ?? "so far")} is of {Subject(first)}, and a log is of {Subject(second)}. "
            + "Save it under a name of its own, such as -SaveCalibration h200.");
    }

    /// <summary>The memory of a device as it is spoken of.</summary>
    public static string Size(long bytes)
    {
        return string.Format(CultureInfo.InvariantCulture, "{0:0.##} GiB", ByteSize.ToGiB(bytes));
    }

    /// <summary>Engine, version and device of a calibration.</summary>
    public static string Subject(CalibrationProfile profile)
    {
        var device = profile.DeviceMemory is { } bytes ? $" on devices of {Size(bytes)}" : string.Empty;
        var rules = profile.RulesVersion == profile.EngineVersion ? string.Empty : $" by the rules of {profile.RulesVersion}";
        return $"{profile.Engine} {profile.EngineVersion}{rules}{device}";
    }
}
