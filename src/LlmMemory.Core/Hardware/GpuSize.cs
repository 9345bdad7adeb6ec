using System;
using System.Globalization;

namespace LlmMemory.Hardware;

/// <summary>
/// A size in the table of GPUs, in the unit that its source gives: <c>81559 MiB</c>, <c>79.19 GiB</c>,
/// <c>206141652992 B</c>. Rounded down, so that no device is taken for larger than it is.
/// </summary>
internal static class GpuSize
{
    /// <summary>Reads a size.</summary>
    /// <param name="text">A number, a blank, a unit.</param>
    /// <exception cref="FormatException">It is no size.</exception>
    public static long Parse(string text)
    {
        var parts = text.Split(' ');
        return parts.Length == 2
            ? (long)(decimal.Parse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * Unit(parts[1]))
            : throw new FormatException($"{text} is no size.");
    }

    private static long Unit(string unit)
    {
        return unit switch
        {
            "B" => 1,
            "MiB" => 1L << 20,
            "GiB" => 1L << 30,
            _ => throw new FormatException($"{unit} is no unit."),
        };
    }
}
