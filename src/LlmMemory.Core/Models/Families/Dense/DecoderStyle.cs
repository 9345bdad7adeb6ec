using System;
using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// What tells one dense decoder from another: names, biases, where and how it normalises, and what its class says
/// where a configuration leaves it out. Without a word it is Llama.
/// </summary>
internal sealed record DecoderStyle
{
    /// <summary>Llama's own.</summary>
    public static DecoderStyle Llama { get; } = new();

    /// <summary>What lies around the layers.</summary>
    public DecoderFrame Frame { get; init; } = DecoderFrame.Llama;

    /// <summary>The normalisations of a layer.</summary>
    public LayerNorms Norms { get; init; } = LayerNorms.Llama;

    /// <summary>The attention's names.</summary>
    public AttentionNames Attention { get; init; } = AttentionNames.Llama;

    /// <summary>Whether query, key and value have a bias.</summary>
    public ConfigSwitch QkvBias { get; init; } = new(false, "attention_bias");

    /// <summary>Whether the output projection has a bias; as <see cref="QkvBias"/> when null.</summary>
    public ConfigSwitch? OutputBias { get; init; }

    /// <summary>How queries and keys are normalised.</summary>
    public QueryKeyNorm QueryKeyNorm { get; init; }

    /// <summary>Whether they are, where some models of the family do and some do not.</summary>
    public ConfigSwitch HasQueryKeyNorm { get; init; } = ConfigSwitch.On;

    /// <summary>Which weights that normalisation has.</summary>
    public NormKind QueryKeyNormKind { get; init; }

    /// <summary>The width of a head where the class has one of its own; null for the hidden size shared out.</summary>
    public int? HeadSize { get; init; }

    /// <summary>Which layers see a window only.</summary>
    public WindowRule Windows { get; init; } = WindowRule.WhereNamed;

    /// <summary>The feed-forward network's names.</summary>
    public MlpNames Mlp { get; init; } = MlpNames.Llama;

    /// <summary>True for gate, up and down projections; false for up and down alone.</summary>
    public bool IsGated { get; init; } = true;

    /// <summary>Whether the feed-forward network's projections have a bias.</summary>
    public ConfigSwitch MlpBias { get; init; } = new(false, "mlp_bias");

    /// <summary>True where the feed-forward network is four times as wide as the hidden states unless it is said.</summary>
    public bool WidensFourfold { get; init; }

    /// <summary>What else a layer has, made from the dimensions.</summary>
    public Func<DecoderDimensions, IReadOnlyList<Block>> LayerExtras { get; init; } = _ => [];

    /// <summary>What else lies outside the layers, made from the dimensions.</summary>
    public Func<DecoderDimensions, IReadOnlyList<Block>> FrameExtras { get; init; } = _ => [];

    /// <summary>The family of model types that this style is for.</summary>
    /// <param name="modelTypes">The model_type, and others that are built the same way.</param>
    public ModelFamily For(params string[] modelTypes)
    {
        return new ModelFamily(config => DecoderBuilder.Build(this, config), modelTypes);
    }
}
