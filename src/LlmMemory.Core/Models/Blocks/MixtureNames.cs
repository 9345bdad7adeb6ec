namespace LlmMemory.Models.Blocks;

/// <summary>What a family calls the tensors of its mixture of experts.</summary>
public sealed record MixtureNames
{
    /// <summary>The names of DeepSeek, and of most models since.</summary>
    public static MixtureNames DeepSeek { get; } = new();

    /// <summary>The names of Mixtral.</summary>
    public static MixtureNames Mixtral { get; } = new()
    {
        Prefix = "block_sparse_moe.",
        Experts = new() { Prefix = "experts.*.", Gate = "w1", Up = "w3", Down = "w2" },
        CorrectionBias = "e_score_correction_bias",
    };

    /// <summary>What stands before all of them.</summary>
    public string Prefix { get; init; } = "mlp.";

    /// <summary>What chooses the experts.</summary>
    public string Router { get; init; } = "gate";

    /// <summary>What corrects the choice, the whole name.</summary>
    public string CorrectionBias { get; init; } = "gate.e_score_correction_bias";

    /// <summary>
    /// The routed experts: one by one with a star for the number of an expert in the prefix; stacked without one,
    /// and as whole names, to which <c>_bias</c> is added for the biases.
    /// </summary>
    public MlpNames Experts { get; init; } = new() { Prefix = "experts.*." };

    /// <summary>The experts that every token passes.</summary>
    public MlpNames Shared { get; init; } = new() { Prefix = "shared_experts." };

    /// <summary>What weighs the shared experts.</summary>
    public string SharedGate { get; init; } = "shared_expert_gate";

    /// <summary>From the hidden state to the latent that the experts work on.</summary>
    public string LatentDown { get; init; } = "fc1_latent_proj";

    /// <summary>From that latent to the hidden state.</summary>
    public string LatentUp { get; init; } = "fc2_latent_proj";

    /// <summary>The normalisation of the latent.</summary>
    public string LatentNorm { get; init; } = "latent_norm";
}
