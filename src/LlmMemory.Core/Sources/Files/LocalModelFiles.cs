using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
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

    private readonly Lazy<IReadOnlyList<ModelFile>> _files;

    /// <summary>Takes a folder. What is in it is listed when it is asked for.</summary>
    /// <param name="folder">The folder's path; a relative one counts from the current directory of the process.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ModelFileNotFound"/> or <see cref="ErrorIds.ModelFileUnreadable"/>.
    /// </exception>
    public LocalModelFiles(string folder)
    {
        var root = Find(folder ?? throw new ArgumentNullException(nameof(folder)));
        Location = root.FullName;
        Name = root.Name;
        _files = new Lazy<IReadOnlyList<ModelFile>>(() => List(root));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>
    /// The files that are there, sorted by path: those of the folder itself and of three levels of folders in it, up
    /// to 20,000.
    /// </summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ModelFileUnreadable"/>.</exception>
    public IReadOnlyList<ModelFile> Files => _files.Value;

    /// <inheritdoc/>
    public byte[] Read(string path, int maxBytes)
    {
        return SmallFile.Read(FullPath(path), maxBytes);
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

    private static DirectoryInfo Find(string folder)
    {
        try
        {
            var root = new DirectoryInfo(folder);
            return root.Exists ? root : throw FileError.NotFound(root.FullName);
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            throw FileError.From(folder, error);
        }
    }

    private static ReadOnlyCollection<ModelFile> List(DirectoryInfo root)
    {
        try
        {
            var files = List(root, string.Empty, 1).Take(MaxFiles);
            return files.OrderBy(file => file.Path, StringComparer.Ordinal).ToList().AsReadOnly();
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            throw FileError.From(root.FullName, error);
        }
    }

    private static IEnumerable<ModelFile> List(DirectoryInfo folder, string prefix, int depth)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            yield return new ModelFile(prefix + file.Name, LengthOrNull(file));
        }

        var inner = depth < MaxDepth ? Folders(folder) : [];
        foreach (var file in inner.SelectMany(child => List(child, $"{prefix}{child.Name}/", depth + 1)))
        {
            yield return file;
        }
    }

    // Links to folders are not followed, so that no circle of them is walked; links to files are what snapshots are
    // made of. A volume that holds nothing but a model has a folder that only root may read: lost+found.
    private static IEnumerable<DirectoryInfo> Folders(DirectoryInfo folder)
    {
        return folder.EnumerateDirectories().Where(child =>
            (child.Attributes & FileAttributes.ReparsePoint) == 0 && child.Name is not (".git" or "lost+found"));
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
