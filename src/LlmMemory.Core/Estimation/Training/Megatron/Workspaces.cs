using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>What libraries and Megatron reserve on a rank and keep.</summary>
internal static class Workspaces
{
    private const long MiB = 1L << 20;

    // c10/cuda and aten/src/ATen/cuda/CublasHandlePool.cpp: 8 MiB + 128 KiB before Hopper, 32 MiB from it on. The
    // deterministic setting :4096:8 is 32 MiB. The thread of the backward pass has a handle of its own.
    private const string CublasSource = "pytorch/pytorch aten/src/ATen/cuda/CublasHandlePool.cpp (sizes from memory, checked against allocations)";

    private const string EngineSource = "NVIDIA/TransformerEngine transformer_engine/pytorch/module/base.py; sizes fitted on allocations";

    // get_num_cublas_streams: grouped multiplications run on four streams, each with a workspace.
    private const int GroupedStreams = 4;

    /// <summary>The components of a stage.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="stage">The stage.</param>
    public static IEnumerable<ComponentDraft> Of(MegatronPlan plan, PipelineStage stage)
    {
        var cublas = plan.IsHopperOrLater || plan.Run.Deterministic == true ? 32 * MiB : (8 * MiB) + (128 * 1024);
        yield return Draft("Workspaces of cuBLAS", 2 * cublas, $"2 threads x {cublas} bytes", CublasSource);
        if (plan.UsesTransformerEngine || plan.HasExperts)
        {
            var streams = plan.UsesTransformerEngine && plan.HasExperts && plan.Run.GroupedGemm == true ? 1 + GroupedStreams : 1;
            var each = (plan.IsHopperOrLater ? 32 : 4) * MiB;
            yield return Draft("Workspaces of Transformer Engine", streams * each, $"{streams} x {each} bytes", EngineSource);
        }

        if (plan.UsesTransformerEngine && plan.Run.GradientAccumulationFusion == true)
        {
            var elements = Shapes(plan, stage).Distinct().Sum(shape => checked(shape.Inputs * shape.Outputs));
            yield return Draft(
                "Empty gradients of weights", checked(plan.ElementBytes * elements), $"{elements} elements of distinct shapes x {plan.ElementBytes} bytes", "NVIDIA/TransformerEngine transformer_engine/pytorch/module/base.py, get_dummy_wgrad");
        }

        if (plan.SequenceShare > 1)
        {
            var bytes = checked(plan.Tokens * plan.Hidden * plan.ElementBytes);
            yield return Draft(
                "Gathered input of a projection", bytes, $"{plan.Tokens} tokens x {plan.Hidden} x {plan.ElementBytes} bytes", "NVIDIA/Megatron-LM megatron/core/tensor_parallel/layers.py, get_global_memory_buffer");
        }

        if (!plan.UsesTransformerEngine && !plan.HasExperts && plan.Architecture.Generates && (stage.IsFirst || stage.IsLast))
        {
            var bytes = checked(plan.VocabularyShare * plan.Hidden * plan.ElementBytes);
            yield return Draft(
                "Copy of the embedding, unexplained", bytes, $"{plan.VocabularyShare} x {plan.Hidden} x {plan.ElementBytes} bytes", "fitted on goldens of the local implementation: docs/training.md#megatron");
        }
    }

    private static IEnumerable<(long Inputs, long Outputs)> Shapes(MegatronPlan plan, PipelineStage stage)
    {
        return stage.Layers.Select(layer => plan.Section.Layers[layer]).SelectMany(layer => layer.Blocks).Distinct().SelectMany(block => Shapes(plan, block));
    }

    private static IEnumerable<(long Inputs, long Outputs)> Shapes(MegatronPlan plan, Block block)
    {
        var (hidden, ranks) = (plan.Hidden, (long)plan.Tensor);
        return block switch
        {
            GroupedQueryAttention attention =>
            [
                (hidden, ((attention.Heads + attention.KeyValueHeads) * (long)attention.HeadSize + ((long)attention.KeyValueHeads * (attention.ValueHeadSize ?? attention.HeadSize))) / ranks),
                ((long)attention.Heads * (attention.ValueHeadSize ?? attention.HeadSize) / ranks, hidden),
            ],
            LatentAttention latent => Shapes(latent, hidden, ranks),
            DenseMlp mlp => [(hidden, (mlp.IsGated ? 2L : 1L) * mlp.IntermediateSize / ranks), (mlp.IntermediateSize / ranks, hidden)],
            MixtureOfExperts experts => Shapes(experts, hidden, ranks, plan.ExpertTensor),
            _ => [],
        };
    }

    private static IEnumerable<(long Inputs, long Outputs)> Shapes(LatentAttention latent, long hidden, long ranks)
    {
        var key = (long)latent.QkNopeHeadSize + latent.QkRopeHeadSize;
        yield return (latent.QueryLoraRank ?? hidden, latent.Heads * key / ranks);
        yield return (hidden, (latent.QueryLoraRank ?? 0) + 0L);
        yield return (hidden, (long)latent.KeyValueLoraRank + latent.QkRopeHeadSize);
        yield return (latent.KeyValueLoraRank, latent.Heads * ((long)latent.QkNopeHeadSize + latent.ValueHeadSize) / ranks);
        yield return (latent.Heads * (long)latent.ValueHeadSize / ranks, hidden);
    }

    private static IEnumerable<(long Inputs, long Outputs)> Shapes(MixtureOfExperts experts, long hidden, long ranks, long expertRanks)
    {
        var gated = experts.IsGated ? 2L : 1L;
        yield return (hidden, gated * experts.ExpertIntermediateSize / expertRanks);
        yield return (experts.ExpertIntermediateSize / expertRanks, hidden);
        if (experts.SharedIntermediateSize > 0)
        {
            yield return (hidden, gated * experts.SharedIntermediateSize / ranks);
            yield return (experts.SharedIntermediateSize / ranks, hidden);
        }
    }

    private static ComponentDraft Draft(string name, long bytes, string formula, string source)
    {
        return new(ComponentRole.Overhead, name, bytes, () => formula, source);
    }
}
