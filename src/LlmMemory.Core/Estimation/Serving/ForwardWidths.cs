using System;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving;

/// <summary>The widths that a forward pass works in, of the layer that is widest in each: what activations follow from.</summary>
/// <param name="Hidden">The hidden states.</param>
/// <param name="Dense">Inside the widest dense or shared network, gate and up counted by <paramref name="DenseMatrices"/>; 0 for none.</param>
/// <param name="DenseMatrices">How often that width lies side by side: 3 for a gated network, 2 for a plain one.</param>
/// <param name="Expert">Inside a routed expert; 0 for none.</param>
/// <param name="ExpertsPerToken">The experts that are chosen for a token; 0 for none.</param>
/// <param name="Experts">The experts that there are to choose from; 0 for none.</param>
internal sealed record ForwardWidths(long Hidden, long Dense, int DenseMatrices, long Expert, int ExpertsPerToken, int Experts)
{
    /// <summary>Reads them off a model.</summary>
    /// <param name="architecture">How it is built.</param>
    public static ForwardWidths Of(ModelArchitecture architecture)
    {
        var networks = architecture.Layers
            .Select(layer => layer.FeedForward is ReusedFeedForward reused ? reused.Original : layer.FeedForward)
            .ToList();
        var dense = networks.OfType<DenseMlp>().OrderByDescending(network => network.IntermediateSize).FirstOrDefault();
        var experts = networks.OfType<MixtureOfExperts>().OrderByDescending(network => network.ExpertIntermediateSize).FirstOrDefault();
        var shared = experts?.SharedIntermediateSize ?? 0;
        return new ForwardWidths(
            architecture.HiddenSize,
            Math.Max(dense?.IntermediateSize ?? 0, shared),
            (dense?.IsGated ?? experts?.IsGated ?? true) ? 3 : 2,
            experts?.ExpertIntermediateSize ?? 0,
            experts?.ExpertsPerToken ?? 0,
            experts?.Experts ?? 0);
    }
}
