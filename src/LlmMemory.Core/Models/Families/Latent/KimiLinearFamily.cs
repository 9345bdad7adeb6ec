using System.Collections.Generic;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>
/// Kimi Linear, and the language model of Kimi K3: three layers of Kimi Delta Attention to one of latent attention
/// without rotary positions, then experts. K3 adds an output gate to both, a latent and a normalisation to the
/// experts, and attention over the residuals of earlier layers. Sources: vLLM, model_executor/models/kimi_linear.py
/// and models/kimi_k3/nvidia/{model, mla}.py.
/// </summary>
internal static class KimiLinearFamily
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "kimi_linear")];

    private static LanguageModel Build(ModelConfig config)
    {
        if (config.OptionalInt("num_nextn_predict_layers") is { } modules)
        {
            throw config.Invalid("num_nextn_predict_layers", $"asks for {modules} drafting modules, and how those of Kimi Linear are built is not known");
        }

        var dimensions = DecoderDimensions.Read(config);
        var layers = new KimiLinearLayers(config, dimensions);
        return FrameOf(config, dimensions.HiddenSize).Around(config, dimensions, layers.Blocks);
    }

    private static DecoderFrame FrameOf(ModelConfig config, int hiddenSize)
    {
        return DecoderFrame.Llama with
        {
            ExtraBlocks = config.Has("attn_res_block_size") ? KimiLinearLayers.ResidualAttention("output_attn_res", hiddenSize) : [],
        };
    }
}
