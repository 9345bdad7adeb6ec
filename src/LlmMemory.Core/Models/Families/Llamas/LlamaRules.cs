using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// What a family does in its own way among those that are built like Llama: normalisations around grouped-query
/// attention and a feed-forward network. What a family does not set is as in Llama without any bias.
/// </summary>
internal sealed record LlamaRules
{
    /// <summary>Two RMSNorms, no bias, gate, up and down.</summary>
    public static LlamaRules Plain { get; } = new();

    /// <summary>True where query, key and value have a bias.</summary>
    public ConfigSwitch QkvBias { get; init; } = ConfigSwitch.Never;

    /// <summary>True where the output projection has a bias.</summary>
    public ConfigSwitch OutputBias { get; init; } = ConfigSwitch.Never;

    /// <summary>True where the feed-forward network has biases.</summary>
    public ConfigSwitch MlpBias { get; init; } = ConfigSwitch.Never;

    /// <summary>True where the feed-forward network has a gate.</summary>
    public bool IsGated { get; init; } = true;

    /// <summary>The kind of the normalisations, of layers and after them.</summary>
    public NormKind NormKind { get; init; }

    /// <summary>Where normalisations stand in a layer.</summary>
    public LayerNorms Norms { get; init; } = LayerNorms.Llama;

    /// <summary>How queries and keys are normalised, where <see cref="HasQueryKeyNorm"/> says that they are.</summary>
    public QueryKeyNorm QueryKeyNorm { get; init; }

    /// <summary>True where queries and keys are normalised.</summary>
    public ConfigSwitch HasQueryKeyNorm { get; init; } = ConfigSwitch.Always;

    /// <summary>True where a <c>sliding_window</c> counts without <c>use_sliding_window</c>.</summary>
    public bool WindowsByDefault { get; init; } = true;

    /// <summary>Every how many layers one sees everything although there is a window; 0 where all of them slide.</summary>
    public int WindowPattern { get; init; }

    /// <summary>The names of the attention's tensors.</summary>
    public AttentionNames AttentionNames { get; init; } = AttentionNames.Llama;

    /// <summary>The names of the feed-forward network's tensors.</summary>
    public MlpNames MlpNames { get; init; } = MlpNames.Llama;

    /// <summary>What stands at the end of each layer beside the four parts.</summary>
    public IReadOnlyList<Block> LayerExtras { get; init; } = [];

    /// <summary>What lies around the layers; the kind of its normalisation is <see cref="NormKind"/>.</summary>
    public DecoderFrame Frame { get; init; } = DecoderFrame.Llama;
}
