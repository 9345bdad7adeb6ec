using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using LlmMemory.Json;
using LlmMemory.Sources.Files;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// What GET /api/models/{id}/revision/{revision}?blobs=true says of a model: its commit, its files, and the figures
/// that the Hub itself has read from its headers. Source: huggingface/huggingface_hub, src/huggingface_hub/hf_api.py,
/// ModelInfo.
/// </summary>
internal sealed class HubModelDescription
{
    /// <summary>A longer description is none; one with 10,000 files has some megabytes.</summary>
    public const int MaxBytes = 32 << 20;

    /// <summary>The commit that the revision is at.</summary>
    public required string Commit { get; init; }

    /// <summary>How the owner lets readers in: auto or manual; null where everybody may read.</summary>
    public required string? Gating { get; init; }

    /// <summary>The files, sorted by path.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>Stored elements by data type, as the Hub counted them.</summary>
    public required IReadOnlyDictionary<string, long> StoredElements { get; init; }

    /// <summary>Reads a description.</summary>
    /// <param name="bytes">The answer.</param>
    /// <returns>Null where the answer lacks what every description has: a commit and a list of files.</returns>
    /// <exception cref="JsonFormatException">It is no JSON.</exception>
    public static HubModelDescription? Parse(byte[] bytes)
    {
        var root = JsonNode.Parse(bytes);
        var commit = root.Get("sha")?.AsText();
        var siblings = root.Get("siblings");
        if (!HubRevision.IsCommit(commit) || siblings?.Kind != JsonTokenKind.ArrayStart)
        {
            return null;
        }

        return new HubModelDescription
        {
            Commit = commit!,
            Gating = root.Get("gated")?.AsText(),
            Files = ReadFiles(siblings),
            StoredElements = ReadCounts(root.Get("safetensors")?.Get("parameters")),
        };
    }

    // A name that is no plain path inside the repository is not listed: nothing could open it.
    private static ReadOnlyCollection<ModelFile> ReadFiles(JsonNode siblings)
    {
        return siblings.Items
            .Select(item => new ModelFile(item.Get("rfilename")?.AsText() ?? string.Empty, Length(item.Get("size"))))
            .Where(file => ModelFilePath.IsInside(file.Path))
            .OrderBy(file => file.Path, System.StringComparer.Ordinal)
            .ToList()
            .AsReadOnly();
    }

    private static ReadOnlyDictionary<string, long> ReadCounts(JsonNode? counts)
    {
        var known = counts?.Members.Where(member => Length(member.Value) is not null) ?? [];
        return new(known.ToDictionary(member => member.Key, member => Length(member.Value)!.Value));
    }

    private static long? Length(JsonNode? number)
    {
        return number?.AsInt64() is >= 0 and { } length ? length : null;
    }
}
