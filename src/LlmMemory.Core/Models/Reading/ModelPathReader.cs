using System;
using System.IO;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;
using LlmMemory.Sources.Gguf;

namespace LlmMemory.Models.Reading;

/// <summary>Finds out what a path on this machine is - a folder, a configuration, weights - and reads the model there.</summary>
internal static class ModelPathReader
{
    private const string ConfigName = "config.json";

    /// <summary>The model.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <param name="options">What the user says about it.</param>
    public static LlmModel Read(string path, ModelReadingOptions options)
    {
        var fullPath = LocalFilePath.Full(path);
        return Directory.Exists(fullPath) ? new ModelFilesReader(new LocalModelFiles(fullPath), options).Read()
            : IsNamed(fullPath, ".gguf") ? ReadGguf(fullPath, options)
            : IsNamed(fullPath, ".safetensors") ? ReadSafetensors(fullPath, options)
            : IsNamed(fullPath, ".index.json") ? ReadIndexed(fullPath, options)
            : IsNamed(fullPath, ".json") ? ReadConfig(fullPath, options)
            : IsGguf(fullPath) ? ReadGguf(fullPath, options)
            : throw Unknown(fullPath);
    }

    /// <summary>The model of a safetensors file, with the others that are numbered like it and the configuration beside.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="options">What the user says about the model.</param>
    public static LlmModel ReadSafetensors(string fullPath, ModelReadingOptions options)
    {
        var files = Folder(fullPath);
        var file = Path.GetFileName(fullPath);
        var reader = new ModelFilesReader(files, options);
        return reader.IsAdapter(file)
            ? reader.ReadAdapter(files.Name, fullPath)
            : reader.ReadWeights(file, NameOf(files, file, "model"), fullPath);
    }

    /// <summary>The model of a GGUF file, with the other parts beside it where it is split.</summary>
    /// <param name="fullPath">The file, whatever its name ends with.</param>
    /// <param name="options">What the user says about the model.</param>
    public static LlmModel ReadGguf(string fullPath, ModelReadingOptions options)
    {
        var folder = Path.GetDirectoryName(fullPath) ?? string.Empty;
        var parts = GgufParts.Read(
            Path.GetFileName(fullPath),
            name => ReportingStream.Of(new LocalFileStream(Path.Combine(folder, name)), name, options.Readings));
        return GgufModelReader.Read(parts, Path.GetFileNameWithoutExtension(fullPath), fullPath);
    }

    private static LlmModel ReadIndexed(string fullPath, ModelReadingOptions options)
    {
        var files = Folder(fullPath);
        return new ModelFilesReader(files, options).ReadIndexed(Path.GetFileName(fullPath), files.Name, fullPath);
    }

    private static LlmModel ReadConfig(string fullPath, ModelReadingOptions options)
    {
        var files = Folder(fullPath);
        var file = Path.GetFileName(fullPath);
        return new ModelFilesReader(files, options).ReadConfigAlone(file, NameOf(files, file, "config"), fullPath);
    }

    // A folder is called like its model, its files are called alike in all folders.
    private static string NameOf(LocalModelFiles folder, string file, string usual)
    {
        return file.StartsWith(usual, StringComparison.Ordinal) ? folder.Name : Path.GetFileNameWithoutExtension(file);
    }

    private static LocalModelFiles Folder(string fullPath)
    {
        // What no model's file may be called may still be what a user believes to be there: no*.json.
        return ModelFilePath.IsInside(Path.GetFileName(fullPath)) || File.Exists(fullPath)
            ? new LocalModelFiles(Path.GetDirectoryName(fullPath) ?? fullPath)
            : throw FileError.NotFound(fullPath);
    }

    // Ollama's blobs are called by their digest alone.
    private static bool IsGguf(string fullPath)
    {
        if (!File.Exists(fullPath))
        {
            return false;
        }

        using var file = new LocalFileStream(fullPath);
        return GgufFile.HasMagic(file);
    }

    private static bool IsNamed(string path, string ending)
    {
        return path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
    }

    private static LlmMemoryException Unknown(string fullPath)
    {
        return File.Exists(fullPath)
            ? new LlmMemoryException(
                ErrorIds.ModelFormatUnknown,
                fullPath,
                $"'{fullPath}' is no model file. Give a model's folder, or a {ConfigName}, .safetensors, .index.json or .gguf file.")
            : FileError.NotFound(fullPath);
    }
}
