using System;
using System.Collections.Generic;
using LlmMemory.Models;
using LlmMemory.Quantization;

namespace LlmMemory.Adapters.Modules;

/// <summary>Tells from a weight's role and shape what kind of module it lies in.</summary>
internal static class ModuleKinds
{
    private const string Weight = ".weight";

    // Routers that are torch.nn.Linear in transformers 4; those of other families are modules of their own around a
    // bare parameter, which adapters by module name do not reach. Sources: src/transformers/models/<family>/
    // modeling_<family>.py of 4.5x, the class of the mixture's gate.
    private static readonly HashSet<string> LinearRouters = new(StringComparer.OrdinalIgnoreCase)
    {
        "mixtral", "qwen2_moe", "qwen3_moe", "qwen3_next", "olmoe", "phimoe", "jamba", "granitemoe", "granitemoeshared",
        "granitemoehybrid", "dbrx", "llama4", "llama4_text", "hunyuan_v1_moe",
    };

    /// <summary>The kind of the module that a tensor is the weight of.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="modelType">The model_type, null where it is not known.</param>
    public static ModuleKind Of(ModelTensor tensor, string? modelType)
    {
        if (!tensor.Name.EndsWith(Weight, StringComparison.Ordinal))
        {
            return ModuleKind.Other;
        }

        return tensor.RoleKind switch
        {
            TensorRole.Norm => ModuleKind.Norm,
            TensorRole.Embedding or TensorRole.PositionEmbedding => OfMatrix(tensor, ModuleKind.Embedding),
            TensorRole.PerLayerEmbedding when tensor.Layer is null => OfMatrix(tensor, ModuleKind.Embedding),
            TensorRole.PatchEmbedding or TensorRole.RecurrentConvolution when tensor.Shape.Count > 2 => ModuleKind.Convolution,
            TensorRole.PatchEmbedding => OfMatrix(tensor, ModuleKind.Linear),
            TensorRole.Router => IsLinearRouter(tensor, modelType) ? OfMatrix(tensor, ModuleKind.Linear) : ModuleKind.Other,
            _ when LinearWeights.Contains(tensor) =>
                OfMatrix(tensor, tensor.StoresInputsFirst ? ModuleKind.TransposedLinear : ModuleKind.Linear),
            _ => ModuleKind.Other,
        };
    }

    private static ModuleKind OfMatrix(ModelTensor tensor, ModuleKind kind)
    {
        return tensor.Shape.Count == 2 ? kind : ModuleKind.Other;
    }

    // What weighs the shared experts is linear in every family that has it.
    private static bool IsLinearRouter(ModelTensor tensor, string? modelType)
    {
        return tensor.Name.EndsWith("shared_expert_gate.weight", StringComparison.Ordinal)
            || (modelType is not null && LinearRouters.Contains(modelType));
    }
}
