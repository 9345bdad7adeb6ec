using System.Globalization;

namespace LlmMemory.Estimation.Comparison;

/// <summary>One figure that an engine reported: bytes of a kind on a device, or a count.</summary>
public sealed class EngineLogFigure
{
    internal EngineLogFigure(string name, LogPlace place, LogQuantity quantity, int lineNumber)
    {
        Name = name;
        Place = place;
        Quantity = quantity;
        LineNumber = lineNumber;
    }

    /// <summary>What it is, in the words of estimates: <c>Weights</c>, <c>KV cache</c>, <c>Compute</c>.</summary>
    public string Name { get; }

    /// <summary>The device or rank as the log calls it: <c>CUDA0</c>, <c>TP1</c>; empty where it says none.</summary>
    public string Device => Place.Label;

    /// <summary>The bytes; null for a count.</summary>
    public long? Bytes => Quantity.IsBytes ? (long)Quantity.Value : null;

    /// <summary>The count; null for bytes.</summary>
    public double? Count => Quantity.IsBytes ? null : (double)Quantity.Value;

    /// <summary>What is counted: bytes, tokens, blocks, requests.</summary>
    public string Unit => Quantity.Unit;

    /// <summary>Half of the last digit that is printed: how far the figure may lie from what the engine knew.</summary>
    public double Rounding => (double)Quantity.Rounding;

    /// <summary>The line that it stands on, from 1.</summary>
    public int LineNumber { get; }

    /// <summary>True where the engine says what it will need, not what it has taken.</summary>
    public bool IsForecast { get; internal init; }

    /// <summary>Where it lies.</summary>
    internal LogPlace Place { get; }

    /// <summary>How much it is.</summary>
    internal LogQuantity Quantity { get; }

    /// <summary>The same figure as what the engine says it will need.</summary>
    internal EngineLogFigure AsForecast()
    {
        return new EngineLogFigure(Name, Place, Quantity, LineNumber) { IsForecast = true };
    }

    /// <summary>Name, device and figure in one line.</summary>
    public override string ToString()
    {
        var device = Device.Length == 0 ? string.Empty : $" ({Device})";
        return string.Format(CultureInfo.InvariantCulture, "{0}{1}: {2:#,0.##} {3}", Name, device, Quantity.Value, Unit);
    }
}
