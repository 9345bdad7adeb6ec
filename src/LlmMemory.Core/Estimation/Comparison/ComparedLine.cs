using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Comparison;

/// <summary>A line that an estimate and a log have in common, before it is explained.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Device">Where it lies, as estimates call it.</param>
/// <param name="Unit">bytes, or what is counted.</param>
internal sealed record ComparedLine(string Name, string Device, string Unit)
{
    /// <summary>The device of what is counted, or summed, over all devices.</summary>
    public const string All = "All";

    /// <summary>True for memory.</summary>
    public bool IsBytes => Unit == LogQuantity.Bytes;

    /// <summary>What the estimate says.</summary>
    public decimal? Estimated { get; init; }

    /// <summary>The components that it says it with.</summary>
    public IReadOnlyList<MemoryComponent> Components { get; init; } = [];

    /// <summary>The figures of the log.</summary>
    public IReadOnlyList<EngineLogFigure> Figures { get; init; } = [];

    /// <summary>What the log says: buffers add up, counts are said again by every rank.</summary>
    public decimal? Measured => Figures.Count == 0 ? null
        : IsBytes ? Figures.Sum(figure => figure.Quantity.Value)
        : Figures[0].Quantity.Value;

    /// <summary>How far the log's figure may lie from what the engine knew.</summary>
    public decimal Rounding => Figures.Count == 0 ? 0
        : IsBytes ? Figures.Sum(figure => figure.Quantity.Rounding)
        : Figures[0].Quantity.Rounding;

    /// <summary>Estimated minus measured.</summary>
    public decimal? Difference => Estimated - Measured;

    /// <summary>The first line of the log that says it.</summary>
    public int? LogLine => Figures.Count == 0 ? null : Figures[0].LineNumber;
}
