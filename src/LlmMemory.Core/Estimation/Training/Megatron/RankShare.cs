using System;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>
/// How much of a tensor a rank has. Projections are split by columns on the way in and by rows on the way out, whose
/// bias every rank has; the first projections of latent attention, routers and norms are whole. Sources:
/// NVIDIA/Megatron-LM megatron/core/tensor_parallel/layers.py, megatron/core/transformer/multi_latent_attention.py,
/// megatron/core/transformer/moe/experts.py.
/// </summary>
internal static class RankShare
{
    /// <summary>The elements of a tensor, all of its kind together, on a rank of its stage.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="plan">The plan.</param>
    public static long Elements(ModelTensor tensor, MegatronPlan plan)
    {
        if (IsExpert(tensor))
        {
            var split = IsBias(tensor) && tensor.RoleKind == TensorRole.ExpertDown ? 1 : plan.ExpertTensor;
            return Divide(tensor.Parameters, checked((long)plan.Expert * split));
        }

        // An encoder's head begins with a matrix of its own, which every rank has.
        if (tensor.RoleKind is TensorRole.Embedding or TensorRole.Head && tensor.Shape[0] == plan.Architecture.VocabularySize)
        {
            return checked(plan.VocabularyShare * (tensor.Shape.Count > 1 ? plan.Hidden : 1));
        }

        return Divide(tensor.Parameters, IsSplit(tensor) ? plan.Tensor : 1);
    }

    /// <summary>True for a tensor of routed experts.</summary>
    public static bool IsExpert(ModelTensor tensor)
    {
        return tensor.RoleKind is TensorRole.ExpertGate or TensorRole.ExpertUp or TensorRole.ExpertGateUp or TensorRole.ExpertDown;
    }

    private static bool IsSplit(ModelTensor tensor)
    {
        return tensor.RoleKind switch
        {
            TensorRole.AttentionQuery or TensorRole.AttentionKey or TensorRole.AttentionValue or TensorRole.AttentionQueryKeyValue
                or TensorRole.AttentionLatentUp or TensorRole.AttentionExtra or TensorRole.MlpGate or TensorRole.MlpUp or TensorRole.MlpGateUp
                or TensorRole.SharedExpertGate or TensorRole.SharedExpertUp => true,
            TensorRole.AttentionOutput or TensorRole.MlpDown or TensorRole.SharedExpertDown => !IsBias(tensor),
            _ => false,
        };
    }

    private static bool IsBias(ModelTensor tensor)
    {
        return tensor.Name.EndsWith("bias", StringComparison.Ordinal);
    }

    private static long Divide(long elements, long ranks)
    {
        return (elements + ranks - 1) / ranks;
    }
}
