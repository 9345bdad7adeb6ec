using System;
using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>A decoder whose layers have attention with heads, and then experts or a dense network.</summary>
internal sealed record MixtureDecoder
{
    private MixtureDecoder(ModelConfig config, MixtureStyle style)
    {
        var dimensions = DecoderDimensions.Read(config);
        Config = config;
        Dimensions = dimensions;
        Frame = style.Frame;
        Norms = style.Norms;
        Windows = AttentionWindows.Read(config, dimensions.Layers, style.WindowPattern);
        Attention = ReadAttention(config, dimensions, style);
        Dense = new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            Names = style.Dense,
        };
        Experts = ReadExperts(config, dimensions, style);
        HasExperts = style.Placement(config, dimensions.Layers);
    }

    /// <summary>The configuration.</summary>
    public ModelConfig Config { get; init; }

    /// <summary>The dimensions read from it.</summary>
    public DecoderDimensions Dimensions { get; init; }

    /// <summary>What lies around the layers.</summary>
    public DecoderFrame Frame { get; init; }

    /// <summary>The normalisations of a layer.</summary>
    public LayerNorms Norms { get; init; }

    /// <summary>Attention, but for what differs from layer to layer.</summary>
    public GroupedQueryAttention Attention { get; init; }

    /// <summary>The window of each layer, null for one that sees everything.</summary>
    public IReadOnlyList<int?> Windows { get; init; }

    /// <summary>The network of layers without experts.</summary>
    public DenseMlp Dense { get; init; }

    /// <summary>The network of layers with experts.</summary>
    public MixtureOfExperts Experts { get; init; }

    /// <summary>Which layers have experts.</summary>
    public Func<int, bool> HasExperts { get; init; }

    /// <summary>What each layer has beside all this.</summary>
    public IReadOnlyList<Block> ExtraBlocks { get; init; } = [];

    /// <summary>Reads a decoder.</summary>
    /// <param name="config">The configuration of the language model.</param>
    /// <param name="style">What its family does in its own way.</param>
    /// <exception cref="Errors.LlmMemoryException">A field is missing or wrong.</exception>
    public static MixtureDecoder Read(ModelConfig config, MixtureStyle style)
    {
        return new MixtureDecoder(config, style);
    }

    /// <summary>The language model, without modules that draft further tokens.</summary>
    public LanguageModel Build()
    {
        return Frame.Around(Config, Dimensions, index => Layer(Windows[index], HasExperts(index) ? Experts : Dense));
    }

    /// <summary>The blocks of a layer.</summary>
    /// <param name="window">The tokens that it sees, null for all.</param>
    /// <param name="network">Its network.</param>
    public IReadOnlyList<Block> Layer(int? window, FeedForward network)
    {
        return
        [
            .. Norm(Norms.BeforeAttention),
            Attention with { Window = window },
            .. Norm(Norms.AfterAttention),
            .. Norm(Norms.BeforeNetwork),
            network,
            .. Norm(Norms.AfterNetwork),
            .. ExtraBlocks,
        ];
    }

    private IEnumerable<Block> Norm(string? name)
    {
        return name is null ? [] : [new Norm(name, Dimensions.HiddenSize, Norms.Kind)];
    }

    private static GroupedQueryAttention ReadAttention(ModelConfig config, DecoderDimensions dimensions, MixtureStyle style)
    {
        var bias = config.Bool(style.HasQkvBias, "attention_bias", "use_qkv_bias", "qkv_bias", "use_bias");
        return new GroupedQueryAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = dimensions.Heads == 0 ? throw config.Missing("num_attention_heads") : dimensions.Heads,
            KeyValueHeads = dimensions.KeyValueHeads,
            HeadSize = dimensions.HeadSize,
            QkvBias = bias,
            OutputBias = style.HasOutputBias && config.Bool(bias, "use_bias"),
            HasSinks = style.HasSinks,
            QueryKeyNorm = config.Bool(style.NormalisesByDefault, "use_qk_norm") ? style.QueryKeyNorm : QueryKeyNorm.None,
            Names = style.Attention,
        };
    }

    private static MixtureOfExperts ReadExperts(ModelConfig config, DecoderDimensions dimensions, MixtureStyle style)
    {
        return MixtureFields.Read(config, dimensions.HiddenSize, dimensions.IntermediateSize) with
        {
            Storage = style.Storage,
            RouterBias = style.HasExpertBias,
            ExpertBias = style.HasExpertBias,
            RouterDataType = style.RouterDataType,
            HasCorrectionBias = style.HasCorrectionBias
                && config.Bool(true, "use_routing_bias", "moe_use_aux_free", "moe_router_enable_expert_bias"),
            Names = style.Experts,
        };
    }
}
