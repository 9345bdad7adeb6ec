using System.Globalization;
using LlmMemory.Quantities;

namespace LlmMemory.Sources.Calibrations;

/// <summary>A component of an estimate beside what the log of the same run reports.</summary>
public sealed class CalibrationFigure
{
    internal CalibrationFigure(string name, long estimatedBytes, long measuredBytes)
    {
        Name = name;
        EstimatedBytes = estimatedBytes;
        MeasuredBytes = measuredBytes;
    }

    /// <summary>The component: <c>Activations</c>, <c>CUDA graphs</c>.</summary>
    public string Name { get; }

    /// <summary>What the rules said.</summary>
    public long EstimatedBytes { get; }

    /// <summary>What the engine took.</summary>
    public long MeasuredBytes { get; }

    /// <summary>True for the same component with the same bytes.</summary>
    internal bool IsSame(CalibrationFigure other)
    {
        return Name == other.Name && EstimatedBytes == other.EstimatedBytes && MeasuredBytes == other.MeasuredBytes;
    }

    /// <summary>Name and both figures in one line.</summary>
    public override string ToString()
    {
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0}: {1} estimated, {2} measured",
            Name,
            ByteSize.FormatGB(EstimatedBytes),
            ByteSize.FormatGB(MeasuredBytes));
    }
}
