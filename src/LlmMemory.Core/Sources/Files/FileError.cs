using System;
using System.IO;
using System.Security;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Files;

/// <summary>The errors of files and folders on this machine.</summary>
internal static class FileError
{
    /// <summary>True for what the system raises when a file cannot be had: gone, locked, forbidden, a bad name.</summary>
    public static bool IsAccess(Exception error)
    {
        // Argument and NotSupported are how .NET Framework refuses a path with a letter that no path can have.
        return error is IOException or UnauthorizedAccessException or SecurityException
            or ArgumentException or NotSupportedException;
    }

    /// <summary>The error of a file or folder that the system does not hand out.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="cause">What the system said.</param>
    public static LlmMemoryException From(string path, Exception cause)
    {
        return cause is FileNotFoundException or DirectoryNotFoundException
            ? NotFound(path, cause)
            : new LlmMemoryException(
                ErrorIds.ModelFileUnreadable,
                path,
                $"{Shown(path)} cannot be read: {cause.Message} Check that the file is not locked and that you may read it.",
                cause);
    }

    /// <summary>The error of a file or folder that is not there.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="cause">What the system said, if anything.</param>
    public static LlmMemoryException NotFound(string path, Exception? cause = null)
    {
        return new LlmMemoryException(
            ErrorIds.ModelFileNotFound,
            path,
            $"{Shown(path)} is not there. Give a model's folder, or a config.json, .safetensors or .gguf file in it.",
            cause);
    }

    /// <summary>The error of a file that is longer than any real one of its kind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="maxBytes">What is read at most.</param>
    public static LlmMemoryException TooLarge(string path, long length, long maxBytes)
    {
        return new LlmMemoryException(
            ErrorIds.ModelFileTooLarge,
            path,
            $"{Shown(path)} has {length} bytes; no file of this kind has more than {maxBytes}, so it is not what its name says.");
    }

    /// <summary>The error of a place that a file cannot have.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">The place.</param>
    public static LlmMemoryException OutsideOfFile(string path, long offset)
    {
        return new LlmMemoryException(
            ErrorIds.ModelFileUnreadable, path, $"{Shown(path)} points to byte {offset}, which lies outside of the file.");
    }

    // Paths are shown whole: the last part is what tells them apart.
    private static string Shown(string path)
    {
        return $"'{path}'";
    }
}
