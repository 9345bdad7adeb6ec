using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;

namespace LlmMemory.Sources.Local;

/// <summary>
/// Looks into the folders of one store. What cannot be read is told and left out, and no folder is read without end.
/// </summary>
internal sealed class StoreReader
{
    // More in one folder than any store has; a folder with more is something else.
    private const int MaxEntries = 50_000;

    private readonly string _store;
    private readonly Action<LocalStoreProblem> _problems;

    /// <summary>Creates a reader.</summary>
    /// <param name="store">The store's name.</param>
    /// <param name="problems">Told of what cannot be read.</param>
    public StoreReader(string store, Action<LocalStoreProblem> problems)
    {
        _store = store;
        _problems = problems;
    }

    /// <summary>The folders in a folder, by name; none where it is not there.</summary>
    /// <param name="path">The folder.</param>
    public IReadOnlyList<DirectoryInfo> Folders(string path)
    {
        return List(path, folder => folder.EnumerateDirectories());
    }

    /// <summary>The files in a folder, by name; none where it is not there.</summary>
    /// <param name="path">The folder.</param>
    public IReadOnlyList<FileInfo> Files(string path)
    {
        return List(path, folder => folder.EnumerateFiles());
    }

    /// <summary>The length of a file, or of the one that it links to; null where it is not there.</summary>
    /// <param name="file">The file.</param>
    public long? Length(FileInfo file)
    {
        try
        {
            return file.Exists ? FileLength.Of(file) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            Tell(file.FullName, error.Message);
            return null;
        }
    }

    /// <summary>Reads a small file; null where it is not there or cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">A longer file is not read.</param>
    public byte[]? Read(string path, int maxBytes)
    {
        try
        {
            return SmallFile.Read(path, maxBytes);
        }
        catch (LlmMemoryException error) when (error.ErrorId == ErrorIds.ModelFileNotFound)
        {
            return null;
        }
        catch (LlmMemoryException error)
        {
            Tell(path, error.Message);
            return null;
        }
    }

    /// <summary>Tells of something that could not be read.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="message">What is wrong with it.</param>
    public void Tell(string path, string message)
    {
        _problems(new LocalStoreProblem(_store, path, message));
    }

    private List<T> List<T>(string path, Func<DirectoryInfo, IEnumerable<T>> entries)
        where T : FileSystemInfo
    {
        try
        {
            var folder = new DirectoryInfo(path);
            var found = folder.Exists ? entries(folder).Take(MaxEntries + 1).ToList() : [];
            if (found.Count > MaxEntries)
            {
                Tell(path, $"It holds more than {MaxEntries} entries; the others are not listed.");
            }

            return found.Take(MaxEntries).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            Tell(path, error.Message);
            return [];
        }
    }
}
