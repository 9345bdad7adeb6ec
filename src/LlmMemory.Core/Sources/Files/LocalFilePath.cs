using System;
using System.IO;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Files;

/// <summary>The path of a file on this machine.</summary>
internal static class LocalFilePath
{
    /// <summary>The full path.</summary>
    /// <param name="path">The path; a relative one counts from the current directory of the process.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ModelFileUnreadable"/>: it is none.</exception>
    public static string Full(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            throw FileError.From(path, error);
        }
    }
}
