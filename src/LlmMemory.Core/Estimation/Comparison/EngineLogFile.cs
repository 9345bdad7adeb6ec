using System;
using System.IO;
using System.Text;
using LlmMemory.Sources.Files;

namespace LlmMemory.Estimation.Comparison;

/// <summary>Reads the file of a log, beside the engine that may be writing it.</summary>
internal static class EngineLogFile
{
    /// <summary>Reads the file.</summary>
    public static EngineLog Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > LogText.MaxLength)
            {
                throw LogError.TooLarge(path, LogText.MaxLength);
            }

            using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            return EngineLog.FromReader(reader, path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw LogError.NotFound(path, error);
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            throw LogError.Unreadable(path, error);
        }
    }
}
