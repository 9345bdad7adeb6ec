using System;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The cosines and sines of all positions that vLLM and SGLang keep on each rank: one table for each kind of rotary
/// embedding, positions x width elements, in vLLM of the model's type, in SGLang of 32 bits. Linear scaling stretches
/// the table. Source:
/// vllm-project/vllm, vllm/model_executor/layers/rotary_embedding (get_rope keeps one for each set of arguments,
/// LinearScalingRotaryEmbedding concatenates a table of positions x factor); checked on Llama-3.1-8B: 131072 x 128 x 2
/// bytes, to the logged 14.9889 GiB, and on Gemma 3.
/// </summary>
internal static class RotaryCache
{
    /// <summary>The elements of a model's tables.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isStretched">True where linear scaling makes the table longer.</param>
    public static long ElementsOf(LlmModel model, bool isStretched)
    {
        var architecture = model.Architecture!;
        if (model.Tensors.Any(tensor => tensor is { RoleKind: TensorRole.PositionEmbedding, PartKind: ModelPart.Text }))
        {
            return 0;
        }

        var positions = architecture.ContextLength ?? model.ContextLength ?? 0;
        return architecture.Layers
            .SelectMany(layer => layer.Mixers)
            .Select(mixer => (Width: WidthOf(mixer), IsLocal: HasLocalBase(architecture) && Slides(mixer)))
            .Distinct()
            .Sum(table => checked(positions * table.Width * (table.IsLocal || !isStretched ? 1 : Stretch(architecture))));    }

    // Layers that slide have a base frequency of their own in these families, so a table of their own.
    private static bool HasLocalBase(ModelArchitecture architecture)
    {
        return architecture.ModelType.StartsWith("gemma3", StringComparison.Ordinal)
            || architecture.ModelType.StartsWith("gemma4", StringComparison.Ordinal);
    }

    private static long Stretch(ModelArchitecture architecture)
    {
        return architecture.RotaryScaling is { Kind: "linear", Factor: { } factor } ? Math.Max(1, (long)factor) : 1;
    }

    private static bool Slides(TokenMixer mixer)
    {
        return mixer is GroupedQueryAttention { Window: not null };
    }

    private static int WidthOf(TokenMixer mixer)
    {
        return mixer switch
        {
            GroupedQueryAttention attention => attention.HeadSize,
            LatentAttention attention => attention.QkRopeHeadSize,
            _ => 0,
        };
    }
}
