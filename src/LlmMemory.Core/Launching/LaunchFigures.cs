using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Quantities;

namespace LlmMemory.Launching;

/// <summary>The bytes that led to a start. What is null is not modelled.</summary>
public sealed record LaunchFigures
{
    /// <summary>Weights on all devices.</summary>
    public long? WeightBytes { get; init; }

    /// <summary>The cache on all devices.</summary>
    public long? KvCacheBytes { get; init; }

    /// <summary>What passes work on.</summary>
    public long? ActivationBytes { get; init; }

    /// <summary>Gradients.</summary>
    public long? GradientBytes { get; init; }

    /// <summary>States of the optimizer.</summary>
    public long? OptimizerBytes { get; init; }

    /// <summary>The adapter.</summary>
    public long? AdapterBytes { get; init; }

    /// <summary>What engine or framework take for themselves.</summary>
    public long? OverheadBytes { get; init; }

    /// <summary>The margin.</summary>
    public long? SafetyMarginBytes { get; init; }

    /// <summary>All of it.</summary>
    public required long TotalBytes { get; init; }

    /// <summary>What the fullest device holds.</summary>
    public long MaxDeviceBytes { get; init; }

    /// <summary>What the host holds; null where it is not modelled.</summary>
    public long? HostBytes { get; init; }

    /// <summary>The low end of the band of <see cref="TotalBytes"/>.</summary>
    public long? LowBytes { get; init; }

    /// <summary>The high end.</summary>
    public long? HighBytes { get; init; }

    /// <summary>What evidence stands behind them, one of <see cref="EstimateValidation"/>.</summary>
    public string Validation { get; init; } = EstimateValidation.Unvalidated;

    /// <summary>What the cache can serve, in words; null where that is not known.</summary>
    public string? Capacity { get; init; }

    /// <summary>The figures as sentences, in GiB.</summary>
    /// <param name="deviceMemory">The memory of a device; null where it was not said.</param>
    internal IEnumerable<string> Sentences(long? deviceMemory)
    {
        yield return $"{Parts()}: {GiB(TotalBytes)} in all.";
        yield return deviceMemory is { } device
            ? $"Fullest device: {GiB(MaxDeviceBytes)} of {GiB(device)}."
            : $"Fullest device: {GiB(MaxDeviceBytes)}.";
        if (HostBytes is { } host)
        {
            yield return $"Host: {GiB(host)}.";
        }

        yield return LowBytes is { } low && HighBytes is { } high
            ? $"Band of the total: {GiB(low)} to {GiB(high)} ({Validation})."
            : $"Band: none ({Validation}).";
        if (!string.IsNullOrEmpty(Capacity))
        {
            yield return $"Cache: {Capacity}.";
        }
    }

    /// <summary>Bytes in GiB: <c>14.96 GiB</c>.</summary>
    internal static string GiB(long bytes)
    {
        return ByteSize.ToGiB(bytes).ToString("0.00", CultureInfo.InvariantCulture) + " GiB";
    }

    private string Parts()
    {
        (string Name, long? Bytes)[] parts =
        [
            ("weights", WeightBytes), ("KV cache", KvCacheBytes), ("activations", ActivationBytes), ("gradients", GradientBytes),
            ("optimizer states", OptimizerBytes), ("adapter", AdapterBytes), ("overhead", OverheadBytes), ("margin", SafetyMarginBytes),
        ];
        return "Memory: " + string.Join(", ", parts.Where(part => part.Bytes is not null).Select(part => $"{part.Name} {GiB(part.Bytes!.Value)}"));
    }
}
