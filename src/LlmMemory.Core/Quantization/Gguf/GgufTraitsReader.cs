using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// Reads off a model what llama-quantize looks at. Source: ggml-org/llama.cpp, src/llama-hparams.cpp (n_gqa) and
/// src/models/{llama, qwen2, olmo, deci}.cpp (LLM_TYPE_70B).
/// </summary>
internal static class GgufTraitsReader
{
    /// <summary>The traits.</summary>
    /// <param name="architecture">The architecture's name in GGUF.</param>
    /// <param name="model">How the model is built.</param>
    /// <param name="tensors">Its tensors in the file.</param>
    public static GgufModelTraits Read(string architecture, ModelArchitecture model, IReadOnlyList<ModelTensor> tensors)
    {
        var layers = BlockLayers(model);
        var experts = tensors.Max(tensor => (int?)tensor.Experts) ?? 0;
        var heads = QueryHeadsPerKeyHead(architecture, model, tensors);
        return new GgufModelTraits(
            architecture, layers + DraftLayers(tensors), experts, heads, IsSeventyB(architecture, layers, experts, heads));
    }

    private static int DraftLayers(IReadOnlyList<ModelTensor> tensors)
    {
        return tensors
            .Where(tensor => tensor.PartKind == ModelPart.Mtp && tensor.Layer is not null)
            .Select(tensor => tensor.Layer)
            .Distinct()
            .Count();
    }

    // An encoder-decoder's count of blocks is the encoder's.
    private static int BlockLayers(ModelArchitecture model)
    {
        return (model.Sections.FirstOrDefault(section => section.Part == ModelPart.Encoder)?.Layers ?? model.Layers).Count;
    }

    private static int QueryHeadsPerKeyHead(string architecture, ModelArchitecture model, IReadOnlyList<ModelTensor> tensors)
    {
        // Latent attention counts as having one key head; its keys' projection has a matrix for each query head.
        if (tensors.FirstOrDefault(IsLatentKey) is { Shape.Count: 3 } latent)
        {
            return checked((int)latent.Shape[0]);
        }

        var layers = GgufArchitectures.HasKeyHeadsPerLayer(architecture) ? model.Layers.Take(1) : model.Layers;
        return layers.SelectMany(layer => layer.Mixers).OfType<GroupedQueryAttention>().FirstOrDefault() is { } attention
            ? attention.Heads / Math.Max(1, attention.KeyValueHeads)
            : 0;
    }

    private static bool IsLatentKey(ModelTensor tensor)
    {
        return tensor.Name.EndsWith("attn_k_b.weight", StringComparison.Ordinal);
    }

    private static bool IsSeventyB(string architecture, int layers, int experts, int queryHeadsPerKeyHead)
    {
        return architecture switch
        {
            "llama" => layers == 80 && experts != 8 && queryHeadsPerKeyHead != 1,
            "qwen2" or "olmo" or "deci" => layers == 80,
            _ => false,
        };
    }
}
