using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LlmMemory.Sources.Local;

/// <summary>
/// The models among the GGUF files of one folder: split files together, and encoders (mmproj) with each of the models
/// that they stand beside.
/// </summary>
internal static class GgufGroups
{
    private const string Extension = ".gguf";

    /// <summary>True for a GGUF file by its name.</summary>
    /// <param name="name">The name.</param>
    public static bool IsGguf(string name)
    {
        return name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What a GGUF file is for. llama.cpp and LM Studio tell encoders by mmproj in the name.</summary>
    /// <param name="name">The name.</param>
    public static LocalFileKind Kind(string name)
    {
        return name.IndexOf("mmproj", StringComparison.OrdinalIgnoreCase) >= 0 ? LocalFileKind.Projector : LocalFileKind.Weights;
    }

    /// <summary>Groups the files of a folder.</summary>
    /// <param name="reader">Reads the store.</param>
    /// <param name="store">The store's name.</param>
    /// <param name="files">The files of the folder.</param>
    /// <param name="name">What a model is called whose first file is this one.</param>
    public static IEnumerable<LocalModel> Find(
        StoreReader reader, string store, IReadOnlyList<FileInfo> files, Func<FileInfo, string> name)
    {
        var gguf = files.Where(file => IsGguf(file.Name)).ToList();
        var projectors = Describe(reader, gguf.Where(file => Kind(file.Name) == LocalFileKind.Projector));
        var groups = gguf
            .Where(file => Kind(file.Name) == LocalFileKind.Weights)
            .GroupBy(file => ShardedName.Of(file.Name).Group, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var parts = Describe(reader, group);
            var model = new LocalModel(store, name(group.First()), group.First().FullName, parts.Concat(projectors));
            yield return model with { IsComplete = model.IsComplete && parts.Count == ShardedName.Of(group.First().Name).Count };
        }
    }

    private static List<LocalModelFile> Describe(StoreReader reader, IEnumerable<FileInfo> files)
    {
        return files.Select(file => new LocalModelFile(file.FullName, reader.Length(file), Kind(file.Name))).ToList();
    }
}
