using System.Collections.Generic;
using System.IO;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Files;

/// <summary>
/// The files of one model, wherever they lie: a folder on this machine, or a revision on the Hub. Readers of
/// config.json, safetensors and GGUF take this, so that each of them reads both.
/// </summary>
/// <remarks>Members may be called from several threads at once: the headers of many shards are read in parallel.</remarks>
public interface IModelFiles
{
    /// <summary>What the model is called: the folder's name, or <c>owner/name</c>.</summary>
    string Name { get; }

    /// <summary>Where the files lie, for messages: a full path, or <c>owner/name@revision</c>.</summary>
    string Location { get; }

    /// <summary>The files that are there, sorted by path.</summary>
    IReadOnlyList<ModelFile> Files { get; }

    /// <summary>Reads a whole small file, such as config.json or an index.</summary>
    /// <param name="path">The file's <see cref="ModelFile.Path"/>.</param>
    /// <param name="maxBytes">A longer file is refused before it is read.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ModelFileNameInvalid"/>, <see cref="ErrorIds.ModelFileNotFound"/>,
    /// <see cref="ErrorIds.ModelFileTooLarge"/>, <see cref="ErrorIds.ModelFileUnreadable"/>, or an error of the Hub.
    /// </exception>
    byte[] Read(string path, int maxBytes);

    /// <summary>Opens a file for reading here and there in it, such as for the header of a checkpoint.</summary>
    /// <param name="path">The file's <see cref="ModelFile.Path"/>.</param>
    /// <returns>
    /// A stream that can seek and knows its length. Reading from it raises no other exception than
    /// <see cref="LlmMemoryException"/>. It is for one thread at a time.
    /// </returns>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ModelFileNameInvalid"/>, <see cref="ErrorIds.ModelFileNotFound"/>,
    /// <see cref="ErrorIds.ModelFileUnreadable"/>, or an error of the Hub.
    /// </exception>
    Stream Open(string path);
}
