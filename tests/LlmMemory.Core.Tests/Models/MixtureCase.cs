using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmMemory.Core.Tests.Models;

/// <summary>
/// A published model with experts: its dimensions, its weights, those of them that work on one token, and those of its
/// drafting modules. Source names the published total that they are checked against; where it is rounded, or there is
/// none, the counts are those of an independent sum over the same dimensions.
/// </summary>
internal sealed record MixtureCase(string Model, long Text, long Active, long Mtp, string Source, JsonObject Config)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MixtureCase> All { get; } =
        JsonSerializer.Deserialize<List<MixtureCase>>(File.ReadAllText(ReferenceData.Carried("mixtures.json")), Options)!;

    /// <summary>The case of a model.</summary>
    public static MixtureCase Of(string model)
    {
        return All.Single(mixture => mixture.Model == model);
    }
}
