using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;

namespace LlmMemory.Sources.Local;

/// <summary>
/// The models in a folder that is the copy of a repository: one where it has safetensors or other weights, and one for
/// each GGUF file, because those are the same model in several quantisations.
/// </summary>
internal static class ModelFolder
{
    private static readonly HashSet<string> WeightExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".safetensors", ".gguf", ".bin", ".pt", ".pth", ".onnx", ".h5", ".msgpack",
    };

    /// <summary>The models in the folder; none where it is empty.</summary>
    /// <param name="store">The store's name.</param>
    /// <param name="name">What the repository is called.</param>
    /// <param name="folder">The folder's full path.</param>
    /// <param name="reader">Reads the store.</param>
    public static IEnumerable<LocalModel> Find(string store, string name, string folder, StoreReader reader)
    {
        var files = List(folder, reader);
        var weights = files.Where(file => IsWeight(file.Path)).ToList();
        var isGgufOnly = weights.Count > 0 && weights.All(file => GgufGroups.IsGguf(file.Path));
        if (files.Count == 0)
        {
            return [];
        }

        return isGgufOnly
            ? FindGguf(store, name, folder, files, reader)
            : [Whole(store, name, folder, files)];
    }

    private static IReadOnlyList<ModelFile> List(string folder, StoreReader reader)
    {
        try
        {
            return new LocalModelFiles(folder).Files;
        }
        catch (LlmMemoryException error)
        {
            reader.Tell(folder, error.Message);
            return [];
        }
    }

    private static IEnumerable<LocalModel> FindGguf(
        string store, string name, string folder, IReadOnlyList<ModelFile> files, StoreReader reader)
    {
        return files
            .Where(file => GgufGroups.IsGguf(file.Path))
            .Select(file => new FileInfo(FullPath(folder, file.Path)))
            .GroupBy(file => file.DirectoryName, StringComparer.Ordinal)
            .SelectMany(group => GgufGroups.Find(reader, store, [.. group], file => $"{name}/{file.Name}"));
    }

    private static LocalModel Whole(string store, string name, string folder, IReadOnlyList<ModelFile> files)
    {
        var described = files.Select(file => new LocalModelFile(FullPath(folder, file.Path), file.Length, Kind(file.Path)));
        var model = new LocalModel(store, name, folder, described.OrderBy(file => file.Kind));
        return model with { IsComplete = model.IsComplete && HasAllShards(files) };
    }

    private static bool HasAllShards(IReadOnlyList<ModelFile> files)
    {
        return files
            .Where(file => IsWeight(file.Path))
            .Select(file => ShardedName.Of(file.Path))
            .GroupBy(shard => shard.Group, StringComparer.Ordinal)
            .All(group => group.Count() == group.First().Count);
    }

    private static LocalFileKind Kind(string path)
    {
        return !IsWeight(path) ? LocalFileKind.Other
            : Path.GetFileName(path).StartsWith("adapter_", StringComparison.Ordinal) ? LocalFileKind.Adapter
            : LocalFileKind.Weights;
    }

    private static bool IsWeight(string path)
    {
        // training_args.bin is a pickle of settings that every fine-tuned repository has.
        return WeightExtensions.Contains(Path.GetExtension(path)) && Path.GetFileName(path) != "training_args.bin";
    }

    private static string FullPath(string folder, string path)
    {
        return Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
    }
}
