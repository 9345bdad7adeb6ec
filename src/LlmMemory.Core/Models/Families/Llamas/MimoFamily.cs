using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// MiMo: Qwen2 with layers that draft further tokens, whose embedding and head are the decoder's. Source: the code
/// beside the checkpoint (XiaomiMiMo/MiMo-7B-Base, modeling_mimo.py); its one draft layer has 210,790,400 weights.
/// </summary>
internal static class MimoFamily
{
    private static readonly LlamaRules Rules = new() { QkvBias = new(true, "attention_bias"), WindowsByDefault = false };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "mimo")];

    private static LanguageModel Build(ModelConfig config)
    {
        const string Field = "num_nextn_predict_layers";
        var decoder = new LlamaDecoder(config, Rules);
        var model = decoder.Build();
        var drafts = LayerCount.Checked(config, Field, config.Count(0, Field));
        return drafts == 0 ? model : model with { Sections = [.. model.Sections, Drafts(decoder, drafts)] };
    }

    private static ModelSection Drafts(LlamaDecoder decoder, int layers)
    {
        var hiddenSize = decoder.Dimensions.HiddenSize;
        IReadOnlyList<Block> layer =
        [
            new Norm("token_layernorm", hiddenSize),
            new Norm("hidden_layernorm", hiddenSize),
            new Linear(TensorRole.Projection, "input_proj", 2L * hiddenSize, hiddenSize),
            .. decoder.Layer(decoder.Attention, decoder.Mlp),
            new Norm("final_layernorm", hiddenSize),
        ];
        return new ModelSection
        {
            Part = ModelPart.Mtp,
            Prefix = "model.",
            LayerPrefix = "mtp_layers.",
            Layers = [.. Enumerable.Range(0, layers).Select(index => new ModelLayer(index, layer))],
        };
    }
}
