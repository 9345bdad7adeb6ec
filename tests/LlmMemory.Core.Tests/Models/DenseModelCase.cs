using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmMemory.Core.Tests.Models;

/// <summary>
/// A dense model: the fields of its configuration that counts depend on, and its weights. Where IsPublished, the count
/// is part of a published total that comes out to the last digit; else no total was found, or one that is rounded, and
/// the count follows from the dimensions alone, docs/models.md.
/// </summary>
internal sealed record DenseModelCase(string Model, long Text, long Active, long Mtp, bool IsPublished, JsonObject Config)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>All of them: each family, and each way of its to say a dimension, at least once.</summary>
    public static IReadOnlyList<DenseModelCase> All { get; } =
        JsonSerializer.Deserialize<List<DenseModelCase>>(File.ReadAllText(ReferenceData.Carried("dense-models.json")), Options)!;

    /// <summary>The case of a model.</summary>
    public static DenseModelCase Of(string model)
    {
        return All.Single(dense => dense.Model == model);
    }
}
