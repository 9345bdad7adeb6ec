using System;
using System.Collections.Generic;
using System.Globalization;
using LlmMemory.Naming;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Comparison;

/// <summary>One line of an estimate beside the line of a log that reports the same thing.</summary>
public sealed class MemoryComparison
{
    private readonly ComparedLine _line;

    internal MemoryComparison(MemoryEstimate estimate, EngineLog log, ComparedLine line, LineExplanation explanation)
    {
        _line = line;
        Model = estimate.Model;
        Engine = log.Engine;
        EngineVersion = log.EngineVersion;
        Log = log.Name;
        Parts = new DetailList<DifferencePart>(explanation.Parts);
        Explanation = explanation.Text;
    }

    /// <summary>What is compared: <c>Weights</c>, <c>KV cache</c>, <c>KV cache tokens</c>.</summary>
    public string Name => _line.Name;

    /// <summary>The estimate's device: <c>Device 0</c>, <c>Host</c>, <c>All</c>; the log's own name where the estimate has no such device.</summary>
    public string Device => _line.Device;

    /// <summary>The estimate's bytes, null where it has no such line.</summary>
    public long? EstimatedBytes => Bytes(_line.Estimated);

    /// <summary>The log's bytes, null where it does not print them.</summary>
    public long? MeasuredBytes => Bytes(_line.Measured);

    /// <summary>Estimated minus measured: above 0 where the estimate is too high. Null unless both are known.</summary>
    public long? DifferenceBytes => Bytes(_line.Difference);

    /// <summary>The difference in percent of what was measured; of bytes, or of what is counted. Null unless both are known.</summary>
    public double? PercentDifference =>
        _line.Difference is { } difference && _line.Measured is { } measured && measured != 0
            ? (double)(100 * difference / Math.Abs(measured))
            : null;

    /// <summary>What is counted, where it is not memory: tokens, blocks, requests. bytes for memory.</summary>
    public string Unit => _line.Unit;

    /// <summary>The estimate's count; null for bytes.</summary>
    public double? EstimatedCount => Count(_line.Estimated);

    /// <summary>The log's count; null for bytes.</summary>
    public double? MeasuredCount => Count(_line.Measured);

    /// <summary>The difference in GB (1e9 bytes).</summary>
    public double? DifferenceGB => DifferenceBytes is { } bytes ? ByteSize.ToGB(bytes) : null;

    /// <summary>The difference, part by part; their bytes add up to <see cref="DifferenceBytes"/>. Empty for counts.</summary>
    public DetailList<DifferencePart> Parts { get; }

    /// <summary>The difference explained, in one text.</summary>
    public string Explanation { get; }

    /// <summary>The line of the log, from 1; the first of several; null where the log does not print it.</summary>
    public int? LogLine => _line.LogLine;

    /// <summary>The log.</summary>
    public string Log { get; }

    /// <summary>The model that was estimated.</summary>
    public string? Model { get; }

    /// <summary>The engine that wrote the log.</summary>
    public string Engine { get; }

    /// <summary>Its version, null where the log does not print it.</summary>
    public string? EngineVersion { get; }

    /// <summary>Puts an estimate beside a log, line by line.</summary>
    /// <param name="estimate">An estimate of serving, or of weights alone.</param>
    /// <param name="log">The log.</param>
    /// <returns>What the log reports, in its order; then what only the estimate has.</returns>
    /// <exception cref="Errors.LlmMemoryException"><see cref="Errors.ErrorIds.EstimateNotComparable"/>.</exception>
    public static IReadOnlyList<MemoryComparison> Compare(MemoryEstimate estimate, EngineLog log)
    {
        if (estimate is null || log is null)
        {
            throw new ArgumentNullException(estimate is null ? nameof(estimate) : nameof(log));
        }

        return EstimateComparer.Compare(estimate, log);
    }

    /// <summary>Name, device and both figures in one line.</summary>
    public override string ToString()
    {
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0} ({1}): {2:#,0.##} estimated, {3:#,0.##} {4} logged",
            Name,
            Device,
            _line.Estimated ?? (object)"nothing",
            _line.Measured ?? (object)"nothing",
            Unit);
    }

    private long? Bytes(decimal? value)
    {
        return _line.IsBytes ? (long?)value : null;
    }

    private double? Count(decimal? value)
    {
        return _line.IsBytes ? null : (double?)value;
    }
}
