using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Json;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Sources.Local;

/// <summary>
/// Ollama's store: manifests/{registry}/{namespace}/{model}/{tag} are JSON documents that name the blobs a model is
/// made of. Source: ollama/ollama, server/modelpath.go (names and paths), envconfig/config.go (where it is) and the
/// media types of server/images.go.
/// </summary>
internal static class OllamaStore
{
    private const string DefaultRegistry = "registry.ollama.ai";
    private const string DefaultNamespace = "library";
    private const string LayerPrefix = "application/vnd.ollama.image.";
    private const int MaxManifestBytes = 4 << 20;

    /// <summary>The models in the store.</summary>
    /// <param name="environment">Where it is.</param>
    /// <param name="reader">Reads it.</param>
    public static IEnumerable<LocalModel> Find(UserEnvironment environment, StoreReader reader)
    {
        return Folders(environment).Distinct(StringComparer.Ordinal).SelectMany(root => FindIn(root, reader));
    }

    /// <summary>Where the store is, or would be.</summary>
    /// <param name="environment">The user's environment.</param>
    public static IEnumerable<string> Folders(UserEnvironment environment)
    {
        if (environment.Folder("OLLAMA_MODELS") is { } models)
        {
            yield return models;
            yield break;
        }

        yield return environment.InHome(".ollama", "models");
        if (environment.Platform == MachinePlatform.Linux)
        {
            // Where the service keeps them that the Linux installer sets up, for a user of its own.
            yield return "/usr/share/ollama/.ollama/models";
        }
    }

    private static IEnumerable<LocalModel> FindIn(string root, StoreReader reader)
    {
        return
            from registry in reader.Folders(Path.Combine(root, "manifests"))
            from owner in reader.Folders(registry.FullName)
            from model in reader.Folders(owner.FullName)
            from tag in reader.Files(model.FullName)
            where tag.Name[0] != '.'
            let found = Read(root, NameOf(registry.Name, owner.Name, model.Name, tag.Name), tag.FullName, reader)
            where found is not null
            select found;
    }

    // As 'ollama list' shows it: what is the default is left out, the tag never is.
    private static string NameOf(string registry, string owner, string model, string tag)
    {
        var isDefault = string.Equals(registry, DefaultRegistry, StringComparison.OrdinalIgnoreCase);
        var place = !isDefault ? $"{registry}/{owner}/"
            : string.Equals(owner, DefaultNamespace, StringComparison.OrdinalIgnoreCase) ? string.Empty
            : $"{owner}/";
        return $"{place}{model}:{tag}";
    }

    private static LocalModel? Read(string root, string name, string manifest, StoreReader reader)
    {
        if (reader.Read(manifest, MaxManifestBytes) is not { } bytes)
        {
            return null;
        }

        try
        {
            if (JsonNode.Parse(bytes).Get("layers") is { Kind: JsonTokenKind.ArrayStart } layers)
            {
                return Describe(root, name, layers.Items, manifest, reader);
            }

            reader.Tell(manifest, "It is no manifest: it has no list of layers.");
        }
        catch (JsonFormatException error)
        {
            reader.Tell(manifest, $"It is no manifest: at byte {error.Offset}, {error.Message}.");
        }

        return null;
    }

    // Without weights it is listed as incomplete: it runs on Ollama's own servers, or is made of something else than GGUF.
    private static LocalModel? Describe(
        string root, string name, IReadOnlyList<JsonNode> layers, string manifest, StoreReader reader)
    {
        var files = layers.Select(layer => Describe(root, layer, manifest, reader)).OfType<LocalModelFile>().ToList();
        var weights = files.Find(file => file.Kind == LocalFileKind.Weights);
        return files.Count < layers.Count
            ? null
            : new LocalModel(LocalStoreName.Ollama, name, weights?.Path ?? manifest, files.OrderBy(file => file.Kind));
    }

    private static LocalModelFile? Describe(string root, JsonNode layer, string manifest, StoreReader reader)
    {
        var digest = layer.Get("digest")?.AsText() ?? string.Empty;
        if (!IsDigest(digest))
        {
            reader.Tell(manifest, "A layer in it has no SHA-256 digest.");
            return null;
        }

        var blob = new FileInfo(Path.Combine(root, "blobs", digest.Replace(':', '-')));
        var length = reader.Length(blob);
        var isWhole = length == (layer.Get("size")?.AsInt64() ?? length);
        return new LocalModelFile(blob.FullName, isWhole ? length : null, Kind(layer.Get("mediaType")?.AsText()));
    }

    private static LocalFileKind Kind(string? mediaType)
    {
        return mediaType switch
        {
            LayerPrefix + "model" => LocalFileKind.Weights,
            LayerPrefix + "projector" => LocalFileKind.Projector,
            LayerPrefix + "adapter" => LocalFileKind.Adapter,
            _ => LocalFileKind.Other,
        };
    }

    // Nothing else may become part of a path.
    private static bool IsDigest(string text)
    {
        return text.Length == 71
            && (text.StartsWith("sha256:", StringComparison.Ordinal) || text.StartsWith("sha256-", StringComparison.Ordinal))
            && text.Skip(7).All(letter => letter is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
    }
}
