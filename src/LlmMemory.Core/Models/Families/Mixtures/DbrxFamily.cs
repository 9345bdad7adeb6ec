using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// DBRX: all experts of a layer below each other in one matrix, and dimensions in a configuration for attention and
/// one for experts. Source: transformers, models/dbrx/{configuration_dbrx, modeling_dbrx}.py.
/// </summary>
internal static class DbrxFamily
{
    private const string Norms = "norm_attn_norm.";

    private static readonly MixtureStyle Style = new()
    {
        Frame = new() { Prefix = "transformer.", LayerPrefix = "blocks.", Embedding = "wte", FinalNorm = "norm_f" },
        Norms = new() { BeforeAttention = Norms + "norm_1", BeforeNetwork = Norms + "norm_2" },
        Attention = new() { Prefix = Norms + "attn.", QueryKeyValue = "Wqkv", Output = "out_proj" },
        Storage = ExpertStorage.Rows,
        Experts = new()
        {
            Prefix = "ffn.",
            Router = "router.layer",
            Experts = new() { Prefix = "experts.mlp.", Gate = "w1", Up = "v1", Down = "w2" },
        },
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "dbrx")];

    private static LanguageModel Build(ModelConfig config)
    {
        var complete = config;
        foreach (var part in new[] { "attn_config", "ffn_config" })
        {
            complete = config.Nested(part) is { } nested ? complete.WithDefaults(nested) : complete;
        }

        return MixtureDecoder.Read(complete, Style).Build();
    }
}
