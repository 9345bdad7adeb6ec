using System.Collections.Generic;

namespace LlmMemory.Workloads.Training;

/// <summary>Pairs of low-rank matrices beside linear layers that stay as they are (arXiv:2106.09685).</summary>
/// <param name="Rank">The rank of each pair.</param>
/// <param name="TargetModules">The last names of the modules that have one: <c>q_proj</c>.</param>
public sealed record LoraAdapter(int Rank, IReadOnlyList<string> TargetModules)
{
    /// <summary>True where what goes into a pair passes dropout first.</summary>
    public bool HasDropout { get; init; }

    /// <summary>Bytes of an adapter's weight: PEFT keeps 4 unless autocast_adapter_dtype is off.</summary>
    public int WeightBytes { get; init; } = 4;
}
