using System;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The cosines and sines of all positions that vLLM and SGLang keep on each rank: one table for each kind of rotary
/// embedding, positions x the width that is turned, in vLLM of the model's type, in SGLang of 32 bits. Stretching makes
/// a table longer, and so do, in vLLM, positions in time, height and width: four times. Source:
/// vllm-project/vllm, vllm/model_executor/layers/rotary_embedding (get_rope keeps one for each set of arguments; its
/// linear, dynamic and yarn embeddings have positions x factor, phi3_long_rope_scaled_rope.py a table for short and one
/// for long requests, mrope.py four times the positions); checked on Llama-3.1-8B: 131072 x 128 x 2 bytes, to the
/// logged 14.9889 GiB, and on Gemma 3.
/// </summary>
internal static class RotaryCache
{
    private const int MultimodalTables = 4;

    /// <summary>The elements of a model's tables.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isStretched">True where linear scaling makes the table longer.</param>
    /// <param name="isMultimodal">True where positions in time, height and width have a table four times as long.</param>
    public static long ElementsOf(LlmModel model, bool isStretched, bool isMultimodal)
    {
        var architecture = model.Architecture!;
        if (model.Tensors.Any(tensor => tensor is { RoleKind: TensorRole.PositionEmbedding, PartKind: ModelPart.Text }))
        {
            return 0;
        }

        var positions = architecture.ContextLength ?? model.ContextLength ?? 0;
        var times = isMultimodal && architecture.RotaryPositions.IsMultimodal ? MultimodalTables : 1;
        return architecture.Layers
            .SelectMany(layer => layer.Mixers)
            .Select(mixer => (Width: WidthOf(mixer, architecture.RotaryPositions), IsLocal: HasLocalBase(architecture) && Slides(mixer)))
            .Distinct()
            .Sum(table => checked(times * table.Width * (table.IsLocal || !isStretched ? positions : Stretched(positions, architecture.RotaryScaling))));
    }

    // Layers that slide have a base frequency of their own in these families, so a table of their own.
    private static bool HasLocalBase(ModelArchitecture architecture)
    {
        return architecture.ModelType.StartsWith("gemma3", StringComparison.Ordinal)
            || architecture.ModelType.StartsWith("gemma4", StringComparison.Ordinal);
    }

    private static long Stretched(long positions, RotaryScaling? scaling)
    {
        return scaling switch
        {
            { Kind: "linear" or "dynamic", Factor: >= 1 and { } factor } => checked((long)(positions * factor)),
            { Kind: "yarn" or "deepseek_yarn", Factor: >= 1 and { } factor, OriginalContext: { } original } => checked((long)(original * factor)),
            { Kind: "longrope", OriginalContext: { } original } => checked(positions + original),
            _ => positions,
        };
    }

    private static bool Slides(TokenMixer mixer)
    {
        return mixer is GroupedQueryAttention { Window: not null };
    }

    private static int WidthOf(TokenMixer mixer, RotaryPositions positions)
    {
        return mixer switch
        {
            GroupedQueryAttention attention => positions.WidthOf(attention.HeadSize),
            LatentAttention attention => attention.QkRopeHeadSize,
            _ => 0,
        };
    }
}
