using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Training.Activations;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Megatron.Activations;

/// <summary>What one layer keeps on a rank for each token of a micro batch, and what its backward pass adds.</summary>
internal sealed class MegatronLayer
{
    /// <summary>Runs a layer on paper.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layer">The layer.</param>
    public MegatronLayer(MegatronPlan plan, ModelLayer layer)
    {
        var list = new KeptList();
        new AttentionKept(plan, list).Add(layer.Mixers.First());
        var networks = layer.Blocks.OfType<FeedForward>().ToList();
        networks.ForEach(new NetworkKept(plan, list).Add);
        Kept = list.Kept;
        KeptBytesPerToken = Kept.Sum(tensor => tensor.BytesPerToken);
        var element = (decimal)plan.ElementBytes;
        InputBytesPerToken = element * plan.Hidden / plan.SequenceShare;

        // The gradients of the network's inner activations, before and after it, and of the layer's output.
        GradientBytesPerToken = InputBytesPerToken + (2 * element * networks.Max(network => Inner(plan, network)));
    }

    /// <summary>What is kept.</summary>
    public IReadOnlyList<KeptTensor> Kept { get; }

    /// <summary>The sum of it.</summary>
    public decimal KeptBytesPerToken { get; }

    /// <summary>The layer's input, which is all that stays where it is computed again.</summary>
    public decimal InputBytesPerToken { get; }

    /// <summary>Gradients that are there while the layer's backward pass runs.</summary>
    public decimal GradientBytesPerToken { get; }

    private static decimal Inner(MegatronPlan plan, FeedForward network)
    {
        return network switch
        {
            DenseMlp dense => (decimal)dense.IntermediateSize * (dense.IsGated ? 2 : 1) / plan.Tensor,
            MixtureOfExperts experts => (decimal)experts.ExpertIntermediateSize * (experts.IsGated ? 2 : 1) * experts.ExpertsPerToken / plan.SequenceShare,
            _ => 0,
        };
    }
}
