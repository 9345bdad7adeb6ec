using System;
using System.Globalization;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// Values as tools print them, read without regard to the culture. What a tool does not know it prints as N/A,
/// [Not Supported], [Insufficient Permissions] and the like: null here.
/// </summary>
internal static class ToolValue
{
    /// <summary>The text; null for what the tool does not know.</summary>
    /// <param name="printed">The text as printed.</param>
    public static string? Text(string? printed)
    {
        var text = printed?.Trim() ?? string.Empty;
        var isKnown = text.Length > 0 && text[0] != '[' && !IsUnknown(text);
        return isKnown ? text : null;
    }

    /// <summary>A size in bytes; null for what the tool does not know.</summary>
    /// <param name="printed">A number, perhaps with a unit behind a blank.</param>
    /// <param name="unit">The unit of a number without one.</param>
    /// <exception cref="FormatException">It is no size, or none that a device has.</exception>
    public static long? Bytes(string? printed, string unit)
    {
        if (Text(printed) is not { } text)
        {
            return null;
        }

        var blank = text.IndexOf(' ');
        var number = blank < 0 ? text : text.Substring(0, blank);
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count < 1L << 50
            ? InBytes(count, blank < 0 ? unit : text.Substring(blank + 1).Trim())
            : throw new FormatException(text);
    }

    private static long InBytes(decimal count, string unit)
    {
        // AMD's MB are MiB: 196592 of them are 206141652992 bytes (ROCm#4750).
        var shift = unit switch
        {
            "B" => 0,
            "KB" or "KiB" => 10,
            "MB" or "MiB" => 20,
            "GB" or "GiB" => 30,
            _ => throw new FormatException(unit),
        };
        var bytes = count * (1L << shift);
        return bytes < 1L << 50 ? (long)bytes : throw new FormatException(unit);
    }

    private static bool IsUnknown(string text)
    {
        return text is "-" or "N/A" or "Unknown Error" or "Not Supported" or "Insufficient Permissions" or "ERR!" or "None";
    }
}
