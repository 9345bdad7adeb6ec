using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// Reads which layer is of which kind: a pattern of one character a layer, or a list of words since Transformers 5.
/// Where there is a list, the number of layers may be missing.
/// </summary>
internal static class NemotronHPattern
{
    private static readonly Dictionary<string, NemotronHKind> Kinds = new()
    {
        ["M"] = NemotronHKind.Mamba,
        ["mamba"] = NemotronHKind.Mamba,
        ["*"] = NemotronHKind.Attention,
        ["attention"] = NemotronHKind.Attention,
        ["-"] = NemotronHKind.Dense,
        ["mlp"] = NemotronHKind.Dense,
        ["E"] = NemotronHKind.Experts,
        ["moe"] = NemotronHKind.Experts,
    };

    /// <summary>The kinds of the decoder's layers.</summary>
    public static IReadOnlyList<NemotronHKind> Layers(ModelConfig config)
    {
        return Read(config, "layers_block_type", "hybrid_override_pattern")
            ?? throw config.Missing("hybrid_override_pattern", "layers_block_type");
    }

    /// <summary>The kinds of a drafting module's layers; none where there is no such module.</summary>
    public static IReadOnlyList<NemotronHKind> DraftLayers(ModelConfig config)
    {
        return Read(config, "mtp_layers_block_type", "mtp_hybrid_override_pattern") ?? [];
    }

    private static List<NemotronHKind>? Read(ModelConfig config, string listName, string patternName)
    {
        if (config.TextList(listName) is { } words)
        {
            return Read(config, listName, words);
        }

        return config.OptionalText(patternName) is { } pattern
            ? Read(config, patternName, [.. pattern.Select(character => character.ToString())])
            : null;
    }

    private static List<NemotronHKind> Read(ModelConfig config, string name, IReadOnlyList<string> words)
    {
        LayerCount.Checked(config, name, words.Count);
        return [.. words.Select(word => Kinds.TryGetValue(word, out var kind)
            ? kind
            : throw config.Invalid(name, $"has {Quoted.Value(word)}, which is none of {string.Join(", ", Kinds.Keys)}"))];
    }
}
