using System;
using System.Globalization;
using System.Text.RegularExpressions;
using LlmMemory.Errors;
using LlmMemory.Quantities;

namespace LlmMemory.Workloads.Serving;

/// <summary>
/// The memory of a device: 80GB, '79.19 GiB' or bytes. PowerShell reads 80GB as 80 x 2^30, so text is read the same
/// way: KB to TB and KiB to TiB are both steps of 1024.
/// </summary>
public static class DeviceMemorySize
{
    private const string Units = "KMGT";

    private const decimal Max = 1L << 50;

    private static readonly Regex Size = new(
        @"^(?<number>[+-]?[\d.]+)\s*((?<unit>[KMGT])i?B?|B)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Reads a size.</summary>
    /// <param name="value">Text, or bytes as a number.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ServingSettingInvalid"/> or <see cref="ErrorIds.ServingSettingOutOfRange"/>.
    /// </exception>
    public static long Parse(object value)
    {
        var reading = value is string text ? ReadText(text.Trim(), out var bytes) : NumericValue.Read(value, out bytes);
        if (reading == NumericReading.NotNumeric)
        {
            throw new LlmMemoryException(
                ErrorIds.ServingSettingInvalid, value, $"{Quoted.Value(value)} is no size of memory. Write 80GB or '79.19 GiB'.");
        }

        return reading == NumericReading.Number && bytes is >= 1 and <= Max
            ? (long)Math.Round(bytes)
            : throw new LlmMemoryException(
                ErrorIds.ServingSettingOutOfRange, value, $"{Quoted.Value(value)} is no memory that a device has. Write 80GB or '79.19 GiB'.");
    }

    private static NumericReading ReadText(string text, out decimal bytes)
    {
        bytes = 0;
        var match = text.Length <= 32 ? Size.Match(text) : Match.Empty;
        if (!match.Success || !decimal.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return NumericReading.NotNumeric;
        }

        var step = match.Groups["unit"].Success ? Units.IndexOf(char.ToUpperInvariant(match.Groups["unit"].Value[0])) + 1 : 0;
        bytes = Math.Abs(number) < Max ? number * (1L << (10 * step)) : decimal.MaxValue;
        return NumericReading.Number;
    }
}
