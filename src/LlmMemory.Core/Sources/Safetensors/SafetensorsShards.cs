using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;
using LlmMemory.Sources.Local;

namespace LlmMemory.Sources.Safetensors;

/// <summary>The tensors of a model, out of all files that it is stored in.</summary>
internal sealed class SafetensorsShards
{
    private SafetensorsShards(IReadOnlyList<SafetensorsTensor> tensors, long? indexedBytes)
    {
        Tensors = tensors;
        IndexedBytes = indexedBytes;
    }

    /// <summary>The tensors, in the order of the files and their headers.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The bytes of all tensors, as the index has them; null where it does not say, and where there is none.</summary>
    public long? IndexedBytes { get; }

    /// <summary>Takes the tensors of one file for the whole.</summary>
    /// <param name="file">The file.</param>
    public static SafetensorsShards Of(SafetensorsFile file)
    {
        return new SafetensorsShards(file.Tensors, null);
    }

    /// <summary>Reads the files that an index names.</summary>
    /// <param name="files">The model's files.</param>
    /// <param name="indexPath">The index among them.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.SafetensorsInvalid"/>, <see cref="ErrorIds.SafetensorsIncomplete"/>, or what opening raises.
    /// </exception>
    public static SafetensorsShards ReadIndexed(IModelFiles files, string indexPath)
    {
        var index = SafetensorsIndex.Parse(files.Read(indexPath, SafetensorsLimits.IndexBytes), indexPath);
        var folder = indexPath.Substring(0, indexPath.LastIndexOf('/') + 1);
        var shards = index.Shards;
        var headers = ReadAll(files, [.. shards.Select(shard => folder + shard)]);
        var tensors = new List<SafetensorsTensor>(index.ShardOf.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < headers.Count; i++)
        {
            var shard = shards[i];

            // Where two files have a tensor, the index says which one is meant.
            tensors.AddRange(headers[i].Tensors.Where(tensor =>
                (!index.ShardOf.TryGetValue(tensor.Name, out var owner) || owner == shard) && seen.Add(tensor.Name)));
        }

        var lost = index.ShardOf.FirstOrDefault(pair => !seen.Contains(pair.Key));
        return lost.Key is null
            ? new SafetensorsShards(tensors, index.TotalBytes)
            : throw SafetensorsError.Incomplete(
                lost.Value, $"The index says that {Quoted.Value(lost.Value)} has the tensor {Quoted.Value(lost.Key)}, and it has not.");
    }

    /// <summary>Reads the files of a model that has no index: one, or all that are numbered like <c>-00001-of-00004</c>.</summary>
    /// <param name="files">The model's files.</param>
    /// <param name="path">One of them.</param>
    /// <exception cref="LlmMemoryException">As <see cref="ReadIndexed"/>.</exception>
    public static SafetensorsShards ReadNumbered(IModelFiles files, string path)
    {
        var name = ShardedName.Of(path);
        if (name.Count <= 1)
        {
            return new SafetensorsShards(ReadAll(files, [path])[0].Tensors, null);
        }

        var paths = files.Files.Select(file => file.Path).Where(other => ShardedName.Of(other).Group == name.Group).ToList();
        if (paths.Count != name.Count)
        {
            throw SafetensorsError.Incomplete(
                path, $"{Quoted.Value(path)} is one of {name.Count} files of a model, and {paths.Count} of them are there.");
        }

        var tensors = ReadAll(files, paths).SelectMany(file => file.Tensors).ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        return tensors.FirstOrDefault(tensor => !names.Add(tensor.Name)) is { } twice
            ? throw SafetensorsError.Incomplete(path, $"Two files have the tensor {Quoted.Value(twice.Name)}, and no index says which is meant.")
            : new SafetensorsShards(tensors, null);
    }

    private static IReadOnlyList<SafetensorsFile> ReadAll(IModelFiles files, List<string> paths)
    {
        return ParallelReading<SafetensorsFile>.Read(
            paths, path => Read(files, path, isOneOfSeveral: paths.Count > 1), SafetensorsLimits.ParallelReads);
    }

    private static SafetensorsFile Read(IModelFiles files, string path, bool isOneOfSeveral)
    {
        try
        {
            using var stream = files.Open(path);
            return SafetensorsFile.Read(stream, path);
        }
        catch (LlmMemoryException error) when (isOneOfSeveral && error.ErrorId == ErrorIds.ModelFileNotFound)
        {
            throw SafetensorsError.Incomplete(path, $"{Quoted.Value(path)} belongs to the model, and is not there.", error);
        }
    }
}
