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
        var drafts = tensors.Where(tensor => tensor.PartKind == ModelPart.Mtp).Select(tensor => tensor.Layer).Distinct().Count(layer => layer is not null);
        var experts = tensors.Max(tensor => (int?)tensor.Experts) ?? 0;
        return new GgufModelTraits(
            architecture,
            BlockLayers(model) + drafts,
            experts,
            QueryHeadsPerKeyHead(architecture, model),
            IsSeventyB(architecture, BlockLayers(model), experts, model));
    }

    // An encoder-decoder's count of blocks is the encoder's.
    private static int BlockLayers(ModelArchitecture model)
    {
        return (model.Sections.FirstOrDefault(section => section.Part == ModelPart.Encoder)?.Layers ?? model.Layers).Count;
    }

    private static int QueryHeadsPerKeyHead(string architecture, ModelArchitecture model)
    {
        var layers = GgufArchitectures.HasKeyHeadsPerLayer(architecture) ? model.Layers.Take(1) : model.Layers;
        return layers.SelectMany(layer => layer.Mixers).Select(HeadsOf).FirstOrDefault(heads => heads is not null) is { } found
            ? found.Queries / Math.Max(1, found.Keys)
            : 0;
    }

    private static (int Queries, int Keys)? HeadsOf(TokenMixer mixer)
    {
        return mixer is GroupedQueryAttention attention ? (attention.Heads, attention.KeyValueHeads) : null;
    }

    private static bool IsSeventyB(string architecture, int layers, int experts, ModelArchitecture model)
    {
        return architecture switch
        {
            "llama" => layers == 80 && experts != 8 && QueryHeadsPerKeyHead(architecture, model) != 1,
            "qwen2" or "olmo" or "deci" => layers == 80,
            _ => false,
        };
    }
}
