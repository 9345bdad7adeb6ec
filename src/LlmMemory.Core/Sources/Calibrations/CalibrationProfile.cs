using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Sources.Calibrations;

/// <summary>
/// What an engine took on a machine, beside what was estimated: one entry for each log. It holds both figures and no
/// factor, so that whoever reads it can follow each step. It never changes, and threads may share it.
/// </summary>
public sealed class CalibrationProfile
{
    /// <summary>Logs of one profile; more are no calibration but a collection.</summary>
    public const int MaxLogs = 1000;

    // The same device as it is sold (80 GB) and as its driver shows it (79.19 GiB) differ by 1 %, sizes of the market by 14 % and more.
    private const decimal DeviceTolerance = 0.05m;

    internal CalibrationProfile(string engine, string engineVersion, string rulesVersion, IEnumerable<CalibrationLog> logs)
    {
        Engine = engine;
        EngineVersion = engineVersion;
        RulesVersion = rulesVersion;
        Logs = new DetailList<CalibrationLog>([.. logs]);
    }

    /// <summary>What it is saved as: a name in the user's folder, or the path of a file; null before it is saved.</summary>
    public string? Name { get; internal init; }

    /// <summary>The file; null before it is saved.</summary>
    public string? Path { get; internal init; }

    /// <summary>The engine, as estimates call it.</summary>
    public string Engine { get; }

    /// <summary>The engine's version, major and minor: <c>0.19</c>.</summary>
    public string EngineVersion { get; }

    /// <summary>The version whose rules the estimates followed.</summary>
    public string RulesVersion { get; }

    /// <summary>The bytes of the device, as its driver shows them; null where neither log nor estimate says them.</summary>
    public long? DeviceMemory { get; internal init; }

    /// <summary>When it was saved, in UTC; null before.</summary>
    public DateTime? SavedAt { get; internal init; }

    /// <summary>How long ago that was when it was read.</summary>
    public TimeSpan Age { get; internal init; }

    /// <summary>The logs, in the order in which they were added.</summary>
    public DetailList<CalibrationLog> Logs { get; }

    /// <summary>True where both devices are known and of different sizes.</summary>
    /// <param name="deviceMemory">The bytes of another device; null where they are not known.</param>
    internal bool IsOfOtherDevice(long? deviceMemory)
    {
        return DeviceMemory is { } own
            && deviceMemory is { } other
            && Math.Abs(own - (decimal)other) > DeviceTolerance * Math.Max(own, other);
    }

    /// <summary>Both together: a log that is in both counts once.</summary>
    /// <param name="further">Logs of the same engine, version and device.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.CalibrationMismatch"/> or <see cref="ErrorIds.CalibrationInvalid"/>.</exception>
    public CalibrationProfile With(CalibrationProfile further)
    {
        if (further is null)
        {
            throw new ArgumentNullException(nameof(further));
        }

        if (further.Engine != Engine || further.EngineVersion != EngineVersion || further.RulesVersion != RulesVersion
            || IsOfOtherDevice(further.DeviceMemory))
        {
            throw CalibrationError.OfOther(this, further);
        }

        CalibrationLog[] logs = [.. Logs, .. further.Logs.Where(log => !Logs.Any(log.IsSame))];
        return logs.Length > MaxLogs
            ? throw CalibrationError.TooManyLogs(Name ?? further.Name ?? Engine, MaxLogs)
            : new CalibrationProfile(Engine, EngineVersion, RulesVersion, logs)
            {
                Name = Name,
                Path = Path,
                DeviceMemory = DeviceMemory ?? further.DeviceMemory,
                SavedAt = SavedAt,
                Age = Age,
            };
    }

    /// <summary>Name, engine and how many logs in one line.</summary>
    public override string ToString()
    {
        return $"{Name ?? "calibration"}: {Engine} {EngineVersion}, {Logs.Count} log(s)";
    }
}
