using System;
using System.IO;
using LlmMemory.Errors;
using LlmMemory.Json;
using LlmMemory.Sources.Files;
using LlmMemory.Sources.Yaml;

namespace LlmMemory.Estimation.Training.Configuration;

/// <summary>A configuration file of a training: its mapping, and the lines that its values stand on.</summary>
internal sealed class ConfigurationFile
{
    /// <summary>A longer file is no configuration that a person has written.</summary>
    public const int MaxBytes = 1 << 20;

    private readonly byte[] _bytes;

    private ConfigurationFile(string path, byte[] bytes, JsonNode root)
    {
        (Path, _bytes, Root) = (path, bytes, root);
    }

    /// <summary>Where it lies, or what it is called.</summary>
    public string Path { get; }

    /// <summary>What it is called in a sentence.</summary>
    public string Name => Path.Substring(Path.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>What it says: a mapping.</summary>
    public JsonNode Root { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="LlmMemoryException">It is not there, cannot be read, or is no YAML or JSON mapping.</exception>
    public static ConfigurationFile Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return file.Length > MaxBytes ? throw ConfigurationError.TooLarge(path, file.Length) : Parse(path, ReadAll(file));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ConfigurationError.NotFound(path, error);
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            throw ConfigurationError.Unreadable(path, error);
        }
    }

    /// <summary>Reads bytes: JSON where they begin with a brace, else YAML.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingConfigInvalid"/>, with the offset.</exception>
    public static ConfigurationFile Parse(string path, byte[] bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw ConfigurationError.TooLarge(path, bytes.Length);
        }

        try
        {
            var root = IsJson(bytes) ? JsonNode.Parse(bytes) : YamlBlockReader.Read(bytes);
            return root.Kind == JsonTokenKind.ObjectStart
                ? new ConfigurationFile(path, bytes, root)
                : throw ConfigurationError.Invalid(path, 0, 1, "it is no mapping of keys to values");
        }
        catch (JsonFormatException error)
        {
            throw ConfigurationError.Invalid(path, error.Offset, LineOf(bytes, error.Offset), error.Message, error);
        }
        catch (YamlFormatException error)
        {
            throw ConfigurationError.Invalid(path, error.Offset, LineOf(bytes, error.Offset), error.Message, error);
        }
    }

    /// <summary>The line that a byte stands on, from 1.</summary>
    public int LineOf(int offset)
    {
        return LineOf(_bytes, offset);
    }

    // A JSON document is a YAML document too, and is read with the stricter reader.
    private static bool IsJson(byte[] bytes)
    {
        var hasMark = bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF;
        var at = hasMark ? 3 : 0;
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            at++;
        }

        return at < bytes.Length && bytes[at] == (byte)'{';
    }

    private static int LineOf(byte[] bytes, int offset)
    {
        var line = 1;
        for (var i = 0; i < offset && i < bytes.Length; i++)
        {
            var isEnd = bytes[i] == (byte)'\n' || (bytes[i] == (byte)'\r' && (i + 1 == bytes.Length || bytes[i + 1] != (byte)'\n'));
            line += isEnd ? 1 : 0;
        }

        return line;
    }

    // The length was checked; a file that grows meanwhile is read as far as it was long.
    private static byte[] ReadAll(FileStream file)
    {
        var bytes = new byte[file.Length];
        var filled = 0;
        while (filled < bytes.Length && file.Read(bytes, filled, bytes.Length - filled) is var read and > 0)
        {
            filled += read;
        }

        Array.Resize(ref bytes, filled);
        return bytes;
    }
}
