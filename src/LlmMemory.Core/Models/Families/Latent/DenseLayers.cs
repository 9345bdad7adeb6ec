using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Families.Hybrids;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>
/// Which layers have a dense network although the others have experts: those that a list names, or the first few and
/// those between. Sources: transformers, models/glm4_moe_lite (mlp_layer_types); modeling_deepseek.py of
/// deepseek-ai/DeepSeek-V3 (first_k_dense_replace, moe_layer_freq).
/// </summary>
internal static class DenseLayers
{
    private const string Dense = "dense";

    /// <summary>Reads it.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <returns>True for each dense layer.</returns>
    /// <exception cref="Errors.LlmMemoryException">Neither is there, or the list is too short or names another kind.</exception>
    public static IReadOnlyList<bool> Read(ModelConfig config, int layers)
    {
        if (LayerKinds.ReadField(config, "mlp_layer_types", layers, Dense, "sparse") is { } kinds)
        {
            return [.. kinds.Select(kind => kind == Dense)];
        }

        // Libraries disagree about what it is when it is not there.
        const string Name = "first_k_dense_replace";
        var first = config.Has(Name) ? config.Count(0, Name) : throw config.Missing(Name);
        var period = config.OptionalInt("moe_layer_freq") ?? 1;
        return [.. Enumerable.Range(0, layers).Select(index => index < first || index % period != 0)];
    }
}
