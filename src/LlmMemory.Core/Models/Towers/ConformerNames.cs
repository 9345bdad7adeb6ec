using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>What a conformer's checkpoint calls the parts of a layer.</summary>
internal sealed record ConformerNames
{
    /// <summary>The half of the feed-forward network that comes first.</summary>
    public required string FirstFeedForward { get; init; }

    /// <summary>The half that comes last.</summary>
    public required string LastFeedForward { get; init; }

    /// <summary>The normalisation before attention.</summary>
    public required string AttentionNorm { get; init; }

    /// <summary>The normalisation after attention.</summary>
    public required string AttentionPostNorm { get; init; }

    /// <summary>Query, key, value and output of attention.</summary>
    public required AttentionNames Attention { get; init; }

    /// <summary>The projection of relative positions.</summary>
    public required string RelativePosition { get; init; }

    /// <summary>The scales of a head's dimensions.</summary>
    public required string DimensionScale { get; init; }

    /// <summary>The normalisation after the layer.</summary>
    public required string LayerNorm { get; init; }

    /// <summary>What stands after the name of a linear layer that sits inside another module.</summary>
    public string LinearSuffix { get; init; } = string.Empty;
}
