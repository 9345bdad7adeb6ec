using System;
using System.IO;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Files;

/// <summary>Reads whole files that are small, such as configurations and indexes.</summary>
internal static class SmallFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="maxBytes">A longer one is refused before it is read.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ModelFileNotFound"/>, <see cref="ErrorIds.ModelFileTooLarge"/> or
    /// <see cref="ErrorIds.ModelFileUnreadable"/>.
    /// </exception>
    public static byte[] Read(string path, int maxBytes)
    {
        using Stream stream = new LocalFileStream(path);
        if (stream.Length > maxBytes)
        {
            throw FileError.TooLarge(path, stream.Length, maxBytes);
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
}
