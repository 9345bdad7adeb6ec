using System.Collections.Generic;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>What a version of Megatron Core does.</summary>
/// <param name="From">The first version that it holds for.</param>
/// <param name="WeighsInExperts">
/// True where the activation inside an expert is weighted by the router's score, and kept before and after; false where
/// the expert's output is. Fitted: goldens change between March and May 2025.
/// </param>
internal sealed record MegatronProfile(string From, bool WeighsInExperts)
{
    /// <summary>All of them, the newest last.</summary>
    public static IReadOnlyList<MegatronProfile> All { get; } = [new("0.5", false), new("0.12", true)];
}
