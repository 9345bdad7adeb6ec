using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The buffers that vLLM keeps for adapters: for every linear layer of the language model and every slot, A of
/// [rank, inputs] and B of [outputs, rank] in 16 bits, at the largest rank. A column-parallel layer splits B, a
/// row-parallel one A. Source: vllm-project/vllm, vllm/lora/layers (create_lora_weights).
/// </summary>
internal static class LoraSlots
{
    private const int ElementBytes = 2;

    private static readonly HashSet<TensorRole> ColumnParallel =
    [
        TensorRole.AttentionQuery, TensorRole.AttentionKey, TensorRole.AttentionValue, TensorRole.AttentionQueryKeyValue,
        TensorRole.MlpGate, TensorRole.MlpUp, TensorRole.MlpGateUp, TensorRole.RecurrentInput,
    ];

    private static readonly HashSet<TensorRole> RowParallel =
        [TensorRole.AttentionOutput, TensorRole.MlpDown, TensorRole.RecurrentOutput];

    /// <summary>The bytes on one rank.</summary>
    /// <param name="tensors">The tensors that the rank's stage loads.</param>
    /// <param name="slots">The adapters that are loaded at once.</param>
    /// <param name="rank">The largest rank.</param>
    /// <param name="ranks">The tensor-parallel ranks.</param>
    public static long BytesOf(IEnumerable<ModelTensor> tensors, int slots, int rank, int ranks)
    {
        var elements = tensors
            .Where(tensor => tensor.PartKind == ModelPart.Text && tensor.Shape.Count == 2)
            .Sum(tensor => ElementsOf(tensor, ranks));
        return checked(elements * slots * rank * ElementBytes);
    }

    private static long ElementsOf(ModelTensor tensor, int ranks)
    {
        var (outputs, inputs) = tensor.StoresInputsFirst ? (tensor.Shape[1], tensor.Shape[0]) : (tensor.Shape[0], tensor.Shape[1]);
        return tensor.RoleKind switch
        {
            _ when ColumnParallel.Contains(tensor.RoleKind) => inputs + Math.Max(1, outputs / ranks),
            _ when RowParallel.Contains(tensor.RoleKind) => Math.Max(1, inputs / ranks) + outputs,
            _ => 0,
        };
    }
}
