using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Gguf;

/// <summary>
/// All parts of a model that may be split. The first part has the metadata; each part has its own tensors. Source:
/// ggml-org/llama.cpp, src/llama-model-loader.cpp.
/// </summary>
internal sealed class GgufParts
{
    private const string CountKey = "split.count";

    private const string NumberKey = "split.no";

    private const string TensorsKey = "split.tensors.count";

    private GgufParts(GgufMetadata metadata, IReadOnlyList<GgufTensor> tensors)
    {
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>The metadata of the model.</summary>
    public GgufMetadata Metadata { get; }

    /// <summary>The tensors of all parts.</summary>
    public IReadOnlyList<GgufTensor> Tensors { get; }

    /// <summary>Reads one file that is the whole model.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <exception cref="LlmMemoryException">As <see cref="GgufFile.Read(Stream, string)"/>; or it is a part.</exception>
    public static GgufParts Read(Stream stream, string source)
    {
        var file = GgufFile.Read(stream, source);
        var count = file.Metadata.Count(CountKey) ?? 1;
        return count <= 1
            ? new GgufParts(file.Metadata, file.Tensors)
            : throw GgufError.Incomplete(source, $"{Quoted.Value(source)} is one of {count} parts of a model, and came alone.");
    }

    /// <summary>Reads a model from any of its parts.</summary>
    /// <param name="fileName">The file's name; the other parts have the same but for their number.</param>
    /// <param name="open">Opens a file by its name.</param>
    /// <exception cref="LlmMemoryException">
    /// As <see cref="GgufFile.Read(Stream, string)"/>; or <see cref="ErrorIds.GgufIncomplete"/> where parts are missing or
    /// do not belong together; or what opening raises.
    /// </exception>
    public static GgufParts Read(string fileName, Func<string, Stream> open)
    {
        var given = ReadFile(fileName, open);
        var count = given.Metadata.Count(CountKey) ?? 1;
        if (count <= 1)
        {
            return new GgufParts(given.Metadata, given.Tensors);
        }

        var name = GgufPartName.Read(fileName);
        if (name?.Count != count || count > GgufLimits.Parts)
        {
            throw GgufError.Incomplete(
                fileName, $"{Quoted.Value(fileName)} is one of {count} parts of a model, and its name does not say which.");
        }

        var files = Enumerable.Range(1, (int)count)
            .Select(name.Of)
            .Select(part => part == fileName ? given : ReadPart(part, (int)count, open))
            .ToList();
        return Join(files, name);
    }

    private static GgufFile ReadFile(string fileName, Func<string, Stream> open)
    {
        using var stream = open(fileName);
        return GgufFile.Read(stream, fileName);
    }

    private static GgufFile ReadPart(string part, int count, Func<string, Stream> open)
    {
        try
        {
            return ReadFile(part, open);
        }
        catch (LlmMemoryException error) when (error.ErrorId == ErrorIds.ModelFileNotFound)
        {
            throw GgufError.Incomplete(part, $"The model has {count} parts, and {Quoted.Value(part)} is not there.", error);
        }
    }

    private static GgufParts Join(List<GgufFile> files, GgufPartName name)
    {
        var tensors = new List<GgufTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            Check(files[i], i, files.Count, name, names);
            tensors.AddRange(files[i].Tensors);
        }

        var expected = files[0].Metadata.Count(TensorsKey);
        return expected is null || expected == tensors.Count
            ? new GgufParts(files[0].Metadata, tensors)
            : throw GgufError.Incomplete(name.Of(1), $"The model has {expected} tensors, and its parts have {tensors.Count}.");
    }

    private static void Check(GgufFile file, int index, int files, GgufPartName name, HashSet<string> names)
    {
        var source = name.Of(index + 1);
        var (number, count) = (file.Metadata.Count(NumberKey), file.Metadata.Count(CountKey));
        if (number != index || count != files)
        {
            throw GgufError.Incomplete(
                source, $"{Quoted.Value(source)} says that it is part {number + 1} of {count}, and its name says otherwise.");
        }

        if (file.Tensors.FirstOrDefault(tensor => !names.Add(tensor.Name)) is { } twice)
        {
            throw GgufError.Incomplete(source, $"{Quoted.Value(source)} has the tensor '{twice.Name}', which another part has too.");
        }
    }
}
