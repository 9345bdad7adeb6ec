using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LlmMemory.Sources.Gguf;

/// <summary>
/// A metadata value, as far as it is kept: numbers, truth values and short texts as they are; short arrays of numbers
/// with their values, all others with their length alone.
/// </summary>
internal sealed class GgufValue
{
    private const int MaxShownItems = 8;

    /// <summary>A value that stands alone.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="scalar">A long, double, bool or string; null where it was not kept.</param>
    public GgufValue(GgufValueType type, object? scalar)
    {
        Type = type;
        Scalar = scalar;
        Count = 1;
    }

    /// <summary>An array.</summary>
    /// <param name="count">Its length.</param>
    /// <param name="items">Its values; null where they were not kept.</param>
    public GgufValue(long count, IReadOnlyList<GgufValue>? items)
    {
        Type = GgufValueType.Array;
        Count = count;
        Items = items;
    }

    /// <summary>The type.</summary>
    public GgufValueType Type { get; }

    /// <summary>The length of an array, 1 for everything else.</summary>
    public long Count { get; }

    /// <summary>The values of an array, null where they were not kept.</summary>
    public IReadOnlyList<GgufValue>? Items { get; }

    /// <summary>A whole number; null for any other value.</summary>
    public long? Integer => Scalar as long?;

    /// <summary>A number; null for any other value.</summary>
    public double? Number => Scalar switch
    {
        double number => number,
        float number => number,
        _ => Integer,
    };

    /// <summary>A truth value; null for any other value.</summary>
    public bool? Boolean => Scalar as bool?;

    /// <summary>A text; null for any other value, and for a text that was not kept.</summary>
    public string? Text => Scalar as string;

    private object? Scalar { get; }

    /// <summary>The value as a message shows it.</summary>
    public override string ToString()
    {
        if (Type != GgufValueType.Array)
        {
            return System.Convert.ToString(Scalar, CultureInfo.InvariantCulture) ?? string.Empty;
        }

        var rest = Items?.Count > MaxShownItems ? ", ..." : string.Empty;
        return Items is null ? $"an array of {Count}" : $"[{string.Join(", ", Items.Take(MaxShownItems))}{rest}]";
    }
}
