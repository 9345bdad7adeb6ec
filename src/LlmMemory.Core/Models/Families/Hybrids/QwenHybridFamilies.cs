using System;
using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Drafts;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// Qwen3-Next and Qwen3.5: three layers of gated delta net, then one of attention with an output gate, over and over;
/// dense or with experts; and modules that draft further tokens. Sources: transformers,
/// models/{qwen3_next, qwen3_5, qwen3_5_moe}/modular_*.py; vLLM, model_executor/models/qwen3_next_mtp.py.
/// </summary>
internal static class QwenHybridFamilies
{
    private const string Attention = "full_attention";

    private const string Delta = "linear_attention";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => BuildExperts(config, GatedDeltaLayout.Fused, isFused: false), "qwen3_next"),
        new(BuildDense, "qwen3_5", "qwen3_5_text"),
        new(config => BuildExperts(config, GatedDeltaLayout.Split, isFused: true), "qwen3_5_moe", "qwen3_5_moe_text"),
    ];

    private static LanguageModel BuildDense(ModelConfig config)
    {
        var mlp = new DenseMlp { HiddenSize = config.Int("hidden_size"), IntermediateSize = config.Int("intermediate_size") };
        return Build(config, GatedDeltaLayout.Split, _ => mlp);
    }

    private static LanguageModel BuildExperts(ModelConfig config, GatedDeltaLayout layout, bool isFused)
    {
        var hiddenSize = config.Int("hidden_size");
        var experts = HybridExperts.Qwen(config, hiddenSize, isFused);
        var period = config.OptionalInt("decoder_sparse_step") ?? 1;
        HashSet<int> dense = [.. config.IntList("mlp_only_layers") ?? []];
        return Build(config, layout, index => dense.Contains(index) || (index + 1) % period != 0 ? Dense() : experts);

        DenseMlp Dense()
        {
            return new DenseMlp { HiddenSize = hiddenSize, IntermediateSize = config.Int("intermediate_size") };
        }
    }

    private static LanguageModel Build(ModelConfig config, GatedDeltaLayout layout, Func<int, FeedForward> network)
    {
        var dimensions = DecoderDimensions.Read(config);
        var attention = HybridAttention.Plain(dimensions, config.Bool(false, "attention_bias")) with
        {
            HasOutputGate = config.Bool(true, "attn_output_gate"),
            QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        };
        var delta = DeltaNet(config, dimensions, layout);
        var kinds = Kinds(config, dimensions.Layers);
        var model = DecoderFrame.Llama.Around(config, dimensions, index => Layer(index, kinds[index] == Attention ? attention : delta));
        var drafts = LayerCount.Checked(
            config, "mtp_num_hidden_layers", config.Count(0, "mtp_num_hidden_layers", "num_nextn_predict_layers"));
        return drafts == 0
            ? model
            : model with { Sections = [.. model.Sections, DraftSections.WithOneJoint(dimensions.HiddenSize, drafts, index => Layer(index, attention))] };

        IReadOnlyList<Block> Layer(int index, TokenMixer mixer)
        {
            return
            [
                new Norm("input_layernorm", dimensions.HiddenSize),
                mixer,
                new Norm("post_attention_layernorm", dimensions.HiddenSize),
                network(index),
            ];
        }
    }

    private static IReadOnlyList<string> Kinds(ModelConfig config, int layers)
    {
        if (LayerKinds.Read(config, layers, Attention, Delta) is { } kinds)
        {
            return kinds;
        }

        var interval = config.OptionalInt("full_attention_interval") ?? 4;
        return LayerKinds.Every(layers, interval, interval - 1, Attention, Delta);
    }

    private static GatedDeltaNet DeltaNet(ModelConfig config, DecoderDimensions dimensions, GatedDeltaLayout layout)
    {
        return new GatedDeltaNet
        {
            HiddenSize = dimensions.HiddenSize,
            KeyHeads = config.Int("linear_num_key_heads"),
            ValueHeads = config.Int("linear_num_value_heads"),
            KeyHeadSize = config.Int("linear_key_head_dim"),
            ValueHeadSize = config.Int("linear_value_head_dim"),
            ConvolutionKernel = config.Int("linear_conv_kernel_dim"),
            Layout = layout,
        };
    }
}
