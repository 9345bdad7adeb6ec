using System;
using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>What a family of decoders with experts does in its own way, the dimensions apart.</summary>
internal sealed record MixtureStyle
{
    /// <summary>What lies around the layers.</summary>
    public DecoderFrame Frame { get; init; } = DecoderFrame.Llama;

    /// <summary>The normalisations of a layer.</summary>
    public LayerNorms Norms { get; init; } = new();

    /// <summary>The names of attention.</summary>
    public AttentionNames Attention { get; init; } = AttentionNames.Llama;

    /// <summary>True where query, key and value have a bias when the configuration does not say.</summary>
    public bool HasQkvBias { get; init; }

    /// <summary>False where the output projection has no bias although the others have one.</summary>
    public bool HasOutputBias { get; init; } = true;

    /// <summary>How queries and keys are normalised.</summary>
    public QueryKeyNorm QueryKeyNorm { get; init; }

    /// <summary>True where queries and keys are normalised as <see cref="QueryKeyNorm"/> says when use_qk_norm is missing.</summary>
    public bool NormalisesByDefault { get; init; } = true;

    /// <summary>True where each head has a sink.</summary>
    public bool HasSinks { get; init; }

    /// <summary>Every how many layers one sees all tokens, where the configuration does not say; 0 for none.</summary>
    public int WindowPattern { get; init; }

    /// <summary>The names of a layer's dense network.</summary>
    public MlpNames Dense { get; init; } = MlpNames.Llama;

    /// <summary>The names of its experts.</summary>
    public MixtureNames Experts { get; init; } = MixtureNames.DeepSeek;

    /// <summary>How the experts are stored.</summary>
    public ExpertStorage Storage { get; init; }

    /// <summary>True where router and experts have a bias.</summary>
    public bool HasExpertBias { get; init; }

    /// <summary>True where a weight for each expert corrects the choice, unless the configuration says otherwise.</summary>
    public bool HasCorrectionBias { get; init; }

    /// <summary>How the router is stored, where not as the rest of the model.</summary>
    public DataType? RouterDataType { get; init; }

    /// <summary>Finds the layers that have experts.</summary>
    public Func<ModelConfig, int, Func<int, bool>> Placement { get; init; } = ExpertPlacement.AfterDense;
}
