using System.Collections.Generic;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// Llama, and models that differ from it in a bias or a tied head at most. Sources: modeling_*.py and
/// configuration_*.py of each model under huggingface/transformers, src/transformers/models; of Yi, Aquila and MiniCPM
/// the code beside their checkpoints. Counts are checked against published totals.
/// </summary>
internal static class LlamaFamilies
{
    private static readonly ConfigSwitch AttentionBias = new(false, "attention_bias");

    private static readonly ConfigSwitch MlpBias = new(false, "mlp_bias");

    private static readonly DecoderFrame Tied = new() { TiesByDefault = true };

    private static readonly LlamaRules Biases = new() { QkvBias = AttentionBias, OutputBias = AttentionBias, MlpBias = MlpBias };

    private static readonly LlamaRules SmolLm3 = Biases with { Frame = Tied, WindowsByDefault = false };

    private static readonly LlamaRules MiniCpm =
        LlamaRules.Plain with { QkvBias = AttentionBias, OutputBias = AttentionBias, Frame = Tied };

    // One field for all biases.
    private static readonly ConfigSwitch UseBias = new(false, "use_bias");

    private static readonly LlamaRules Ernie45 = new() { QkvBias = UseBias, OutputBias = UseBias, MlpBias = UseBias, Frame = Tied };

    private static readonly LlamaRules SeedOss =
        new() { QkvBias = new(true, "attention_bias"), OutputBias = new(false, "attention_out_bias"), MlpBias = MlpBias };

    private static readonly LlamaRules Helium = new() { QkvBias = AttentionBias, MlpBias = MlpBias };

    // Up and down with a squared ReLU between them.
    private static readonly LlamaRules Arcee = Biases with { IsGated = false };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => LlamaDecoder.Build(config, Biases), "llama", "yi", "falcon3", "aquila", "granite"),
        new(config => LlamaDecoder.Build(config, LlamaRules.Plain), "mistral", "ministral", "ministral3"),
        new(config => LlamaDecoder.Build(config, SmolLm3), "smollm3"),
        new(config => LlamaDecoder.Build(config, MiniCpm), "minicpm"),
        new(config => LlamaDecoder.Build(config, Ernie45), "ernie4_5"),
        new(config => LlamaDecoder.Build(config, SeedOss), "seed_oss"),
        new(config => LlamaDecoder.Build(config, Helium), "helium"),
        new(config => LlamaDecoder.Build(config, Arcee), "arcee"),
    ];
}
