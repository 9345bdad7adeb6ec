using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Qwen 2 and 3, and MiMo with its modules for multi-token prediction. Sources: transformers, models/qwen2 and
/// models/qwen3 (modeling_*.py, configuration_*.py); XiaomiMiMo/MiMo-7B-Base, modeling_mimo.py.
/// </summary>
internal static class QwenFamilies
{
    // Qwen 2 has these biases always, and the output projection none.
    private static readonly DecoderStyle Qwen2 = new()
    {
        QkvBias = ConfigSwitch.On,
        OutputBias = ConfigSwitch.Off,
        MlpBias = ConfigSwitch.Off,
        Windows = WindowRule.WhereAsked,
    };

    private static readonly DecoderStyle MiMo = Qwen2 with { QkvBias = new(true, "attention_bias") };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        Qwen2.For("qwen2", "qwen2_vl", "qwen2_vl_text", "qwen2_5_vl", "qwen2_5_vl_text"),
        new DecoderStyle
        {
            QueryKeyNorm = QueryKeyNorm.SharedByHeads,
            HeadSize = 128,
            MlpBias = ConfigSwitch.Off,
            Windows = WindowRule.WhereAsked,
        }.For("qwen3", "qwen3_vl_text"),
        new(BuildMiMo, "mimo"),
    ];

    private static LanguageModel BuildMiMo(ModelConfig config)
    {
        const string Field = "num_nextn_predict_layers";
        var model = DecoderBuilder.Build(MiMo, config);
        var modules = LayerCount.Checked(config, Field, config.Count(0, Field));
        return modules == 0 ? model : model with { Sections = [.. model.Sections, MiMoModules(config, modules)] };
    }

    /// <summary>Layers that draft: each joins the embedding of a token and the hidden state before it, 2H to H.</summary>
    private static ModelSection MiMoModules(ModelConfig config, int count)
    {
        var dimensions = DecoderBuilder.Dimensions(MiMo, config);
        var attention = DecoderBuilder.Attention(MiMo, config, dimensions);
        var mlp = DecoderBuilder.Mlp(MiMo, config, dimensions);
        var hiddenSize = dimensions.HiddenSize;
        List<Block> blocks =
        [
            new Norm("token_layernorm", hiddenSize),
            new Norm("hidden_layernorm", hiddenSize),
            new Linear(TensorRole.Projection, "input_proj", 2L * hiddenSize, hiddenSize),
            .. DecoderBuilder.Layer(MiMo, dimensions, attention, mlp),
            new Norm("final_layernorm", hiddenSize),
        ];
        List<ModelLayer> layers = [];
        for (var index = 0; index < count; index++)
        {
            layers.Add(new ModelLayer(index, blocks));
        }

        return new ModelSection { Part = ModelPart.Mtp, Prefix = "model.", LayerPrefix = "mtp_layers.", Layers = layers };
    }
}
