using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Files;

/// <summary>A model's folder on this machine: the clone of a repository, a snapshot of the Hub's cache, an export.</summary>
public sealed class LocalModelFiles : IModelFiles
{
    /// <summary>Folders within each other that are looked into; a model's own files lie in the first or second.</summary>
    internal const int MaxDepth = 4;

    /// <summary>Files in one folder that are listed. The largest real repositories have some thousands.</summary>
    internal const int MaxFiles = 20_000;

    /// <summary>Lists a folder.</summary>
    /// <param name="folder">The folder's path; a relative one counts from the current directory of the process.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ModelFileNotFound"/> or <see cref="ErrorIds.ModelFileUnreadable"/>.
    /// </exception>
    public LocalModelFiles(string folder)
    {
        try
        {
            var root = new DirectoryInfo(folder ?? throw new ArgumentNullException(nameof(folder)));
            Location = root.FullName;
            Name = root.Name;
            Files = List(root, string.Empty, 1)
                .Take(MaxFiles)
                .OrderBy(file => file.Path, StringComparer.Ordinal)
                .ToList()
                .AsReadOnly();
        }
        catch (Exception error) when (error is not ArgumentNullException && FileError.IsAccess(error))
        {
            throw FileError.From(folder!, error);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ModelFile> Files { get; }

    /// <inheritdoc/>
    public byte[] Read(string path, int maxBytes)
    {
        using var stream = Open(path);
        if (stream.Length > maxBytes)
        {
            throw FileError.TooLarge(FullPath(path), stream.Length, maxBytes);
        }

        var bytes = new byte[stream.Length];
        var filled = 0;
        while (filled < bytes.Length && stream.Read(bytes, filled, bytes.Length - filled) is var read and > 0)
        {
            filled += read;
        }

        // Whoever writes the file may have cut it since its length was asked for.
        Array.Resize(ref bytes, filled);
        return bytes;
    }

    /// <inheritdoc/>
    public Stream Open(string path)
    {
        return new LocalFileStream(FullPath(path));
    }

    /// <summary>The folder's path.</summary>
    public override string ToString()
    {
        return Location;
    }

    private string FullPath(string path)
    {
        return Path.Combine(Location, ModelFilePath.Check(path).Replace('/', Path.DirectorySeparatorChar));
    }

    // Links to folders are not followed, so that no circle of them is walked; links to files are what snapshots are made of.
    private static IEnumerable<ModelFile> List(DirectoryInfo folder, string prefix, int depth)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            yield return new ModelFile(prefix + file.Name, LengthOrNull(file));
        }

        var inner = depth < MaxDepth ? folder.EnumerateDirectories() : [];
        foreach (var child in inner.Where(child => (child.Attributes & FileAttributes.ReparsePoint) == 0 && child.Name != ".git"))
        {
            foreach (var file in List(child, $"{prefix}{child.Name}/", depth + 1))
            {
                yield return file;
            }
        }
    }

    private static long? LengthOrNull(FileInfo file)
    {
        try
        {
            return FileLength.Of(file);
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            // A link whose file is not there yet: an unfinished download. Opening it says so.
            return null;
        }
    }
}
