using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Drafts;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// MiMo-V2-Flash: most layers slide and have heads of their own number and a sink each, keys are wider than values,
/// and all layers but the first have experts; the drafting modules slide and are dense. Sources: vLLM,
/// model_executor/models/mimo_v2_flash.py and mimo_v2_flash_mtp.py.
/// </summary>
internal static class MiMoV2Family
{
    private const string ModulesField = "num_nextn_predict_layers";

    // The configuration does not count them; the checkpoint has model.mtp.layers.0 to 2 (mimo_v2_flash_mtp.py).
    private const int Modules = 3;

    private static readonly AttentionNames Names = AttentionNames.Llama with { Sinks = "attention_sink_bias" };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "mimo_v2_flash")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var hiddenSize = dimensions.HiddenSize;
        var full = Attention(config, hiddenSize, string.Empty, "add_full_attention_sink_bias");
        var sliding = Attention(config, hiddenSize, "swa_", "add_swa_attention_sink_bias") with
        {
            Window = config.Int("sliding_window", "sliding_window_size"),
        };
        var slides = LayerFlags.Read(config, "hybrid_layer_pattern", dimensions.Layers);
        var hasExperts = LayerFlags.Read(config, "moe_layer_freq", dimensions.Layers);
        var dense = new DenseMlp { HiddenSize = hiddenSize, IntermediateSize = config.Int("intermediate_size") };
        var experts = Experts(config, hiddenSize);
        var model = DecoderFrame.Llama.Around(config, dimensions, index =>
        [
            new Norm("input_layernorm", hiddenSize),
            slides[index] ? sliding : full,
            new Norm("post_attention_layernorm", hiddenSize),
            hasExperts[index] ? experts : dense,
        ]);
        var modules = LayerCount.Checked(config, ModulesField, config.Count(Modules, ModulesField));
        return modules == 0 ? model : model with { Sections = [.. model.Sections, Drafts(modules, hiddenSize, sliding, dense)] };
    }

    private static GroupedQueryAttention Attention(ModelConfig config, int hiddenSize, string prefix, string sinks)
    {
        return new GroupedQueryAttention
        {
            HiddenSize = hiddenSize,
            Heads = config.Int(prefix + "num_attention_heads"),
            KeyValueHeads = config.Int(prefix + "num_key_value_heads"),
            HeadSize = config.Int(prefix + "head_dim"),
            ValueHeadSize = config.OptionalInt(prefix + "v_head_dim"),
            QkvBias = config.Bool(false, "attention_bias"),
            HasSinks = config.Bool(false, sinks),
            Names = Names,
        };
    }

    private static MixtureOfExperts Experts(ModelConfig config, int hiddenSize)
    {
        if (config.OptionalInt("n_shared_experts") is { } shared)
        {
            throw config.Invalid("n_shared_experts", $"asks for {shared} shared experts, and how such a MiMo-V2 is built is not known");
        }

        var experts = MixtureFields.Read(config, hiddenSize, config.Int("moe_intermediate_size"));
        return experts with { RouterDataType = DataTypeCatalogue.F32, HasCorrectionBias = true };
    }

    private static ModelSection Drafts(int modules, int hiddenSize, GroupedQueryAttention attention, DenseMlp network)
    {
        IReadOnlyList<Block> blocks =
        [
            .. DraftSections.Joint(hiddenSize),
            new Norm("input_layernorm", hiddenSize),
            attention,
            new Norm("pre_mlp_layernorm", hiddenSize),
            network,
            new Norm("final_layernorm", hiddenSize),
        ];
        return new ModelSection
        {
            Part = ModelPart.Mtp,
            Prefix = "model.mtp.",
            Layers = [.. Enumerable.Range(0, modules).Select(index => new ModelLayer(index, blocks))],
        };
    }
}
