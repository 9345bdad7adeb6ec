using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Quantization.Checkpoints;
using LlmMemory.Sources.Config;
using LlmMemory.Sources.Files;
using LlmMemory.Sources.Gguf;
using LlmMemory.Sources.Local;
using LlmMemory.Sources.Safetensors;

namespace LlmMemory.Models.Reading;

/// <summary>
/// Finds out what the files of a model are and reads the best of them: headers of safetensors, else the one GGUF file,
/// else the configuration alone.
/// </summary>
internal sealed class ModelFilesReader
{
    private const string ConfigName = "config.json";

    private const string AdapterConfigName = "adapter_config.json";

    private const string AdapterName = "adapter_model.safetensors";

    private const string IndexEnding = ".safetensors.index.json";

    private const string SafetensorsEnding = ".safetensors";

    private const int ShownFiles = 12;

    private readonly IModelFiles _files;
    private readonly ModelReadingOptions _options;

    /// <summary>Reads these files.</summary>
    /// <param name="files">The files of one model.</param>
    /// <param name="options">What the user says about it.</param>
    public ModelFilesReader(IModelFiles files, ModelReadingOptions options)
    {
        _files = ReportingModelFiles.Of(files, options.Readings);
        _options = options;
    }

    // What lies in folders of a repository are other things than the model: exports, the parts of a pipeline.
    private IEnumerable<string> Paths => _files.Files.Select(file => file.Path).Where(path => path.IndexOf('/') < 0);

    /// <summary>The model that the files are.</summary>
    public LlmModel Read()
    {
        if (_options.Variant is not null)
        {
            return ReadGguf(FindGguf() ?? throw Unknown("no GGUF file lies in it"));
        }

        if (FindIndex() is { } index)
        {
            return ReadIndexed(index, _files.Name, _files.Location);
        }

        if (FindWeights() is { } weights)
        {
            return ReadWeights(weights, _files.Name, _files.Location);
        }

        if (Has(AdapterConfigName) && Has(AdapterName))
        {
            return ReadAdapter(_files.Name, _files.Location);
        }

        return FindGguf() is { } gguf ? ReadGguf(gguf)
            : Has(ConfigName) ? ReadConfigAlone(ConfigName, _files.Name, _files.Location)
            : throw Unknown("no config.json, .safetensors or .gguf file lies in it");
    }

    /// <summary>The model of an index among the files.</summary>
    public LlmModel ReadIndexed(string index, string name, string location)
    {
        return SafetensorsModelReader.Read(SafetensorsShards.ReadIndexed(_files, index), ConfigBeside(), name, location, _options, ModelOptBeside());
    }

    /// <summary>The model of a file among the files, with the others that are numbered like it.</summary>
    public LlmModel ReadWeights(string path, string name, string location)
    {
        var index = ShardedName.Of(path).Count > 1 ? FindIndex() : null;
        var shards = index is null ? SafetensorsShards.ReadNumbered(_files, path) : SafetensorsShards.ReadIndexed(_files, index);
        return SafetensorsModelReader.Read(shards, ConfigBeside(), name, location, _options, ModelOptBeside());
    }

    /// <summary>The adapter among the files.</summary>
    public LlmModel ReadAdapter(string name, string location)
    {
        return AdapterModelReader.Read(SafetensorsShards.ReadNumbered(_files, AdapterName), ReadConfig(AdapterConfigName), name, location);
    }

    /// <summary>True for the name that PEFT gives its weights, where its configuration lies beside.</summary>
    public bool IsAdapter(string path)
    {
        return path == AdapterName && Has(AdapterConfigName);
    }

    /// <summary>The model that a configuration among the files describes, whatever weights lie beside it.</summary>
    public LlmModel ReadConfigAlone(string path, string name, string location)
    {
        return ConfigModelReader.Read(ReadConfig(path), name, _options, location, ModelOptBeside());
    }

    private LlmModel ReadGguf(string path)
    {
        return GgufModelReader.Read(GgufParts.Read(path, _files.Open), _files.Name, _files.Location);
    }

    private string? FindIndex()
    {
        var indexes = Paths.Where(path => path.EndsWith(IndexEnding, StringComparison.Ordinal)).ToList();
        return indexes.Contains("model" + IndexEnding) ? "model" + IndexEnding
            : Has("model" + SafetensorsEnding) || indexes.Count != 1 ? null
            : indexes[0];
    }

    // Mistral's repositories have the weights twice, the second time as its own engine wants them: consolidated.
    private string? FindWeights()
    {
        var files = Paths.Where(path => path.EndsWith(SafetensorsEnding, StringComparison.Ordinal) && path != AdapterName).ToList();
        var own = files.Where(path => !path.StartsWith("consolidated", StringComparison.Ordinal)).ToList();
        var groups = (own.Count > 0 ? own : files).GroupBy(path => ShardedName.Of(path).Group, StringComparer.Ordinal).ToList();
        return files.Contains("model" + SafetensorsEnding) ? "model" + SafetensorsEnding
            : groups.Count <= 1 ? groups.FirstOrDefault()?.First()
            : throw Unknown($"several safetensors files lie in it. Choose one: {List(groups.Select(group => group.First()))}");
    }

    // Without the towers that some have in a file beside (mmproj). Quantisations lie in folders of some repositories.
    private string? FindGguf()
    {
        var groups = _files.Files
            .Select(file => file.Path)
            .Where(path => GgufGroups.IsGguf(path) && GgufGroups.Kind(path) == LocalFileKind.Weights)
            .GroupBy(path => ShardedName.Of(path).Group, StringComparer.Ordinal)
            .Select(group => group.First())
            .ToList();
        var meant = _options.Variant is { } variant ? groups.Where(path => GgufVariant.Is(path, variant)).ToList() : groups;
        return meant.Count == 1 ? meant[0]
            : groups.Count == 0 ? null
            : meant.Count == 0 ? throw Unknown($"none of its GGUF files is called {_options.Variant}. {Choose(groups)}")
            : throw Unknown($"several GGUF files lie in it. {Choose(meant)}");
    }

    private static string Choose(IEnumerable<string> files)
    {
        return $"Choose one, on the hub by its quantisation (owner/name:Q4_K_M): {List(files)}";
    }

    private ModelConfig? ModelOptBeside()
    {
        return Has(QuantizationReader.ModelOptFile) ? ReadConfig(QuantizationReader.ModelOptFile) : null;
    }

    private ModelConfig? ConfigBeside()
    {
        return Has(ConfigName) ? ReadConfig(ConfigName) : null;
    }

    private ModelConfig ReadConfig(string name)
    {
        return ModelConfig.Parse(_files.Read(name, ModelConfig.MaxBytes), name);
    }

    private bool Has(string name)
    {
        return Paths.Contains(name);
    }

    private static string List(IEnumerable<string> paths)
    {
        var all = paths.ToList();
        return string.Join(", ", all.Take(ShownFiles)) + (all.Count > ShownFiles ? $" and {all.Count - ShownFiles} more" : string.Empty);
    }

    private LlmMemoryException Unknown(string reason)
    {
        return new LlmMemoryException(
            ErrorIds.ModelFormatUnknown, _files.Location, $"No model can be read from '{_files.Location}': {reason}.");
    }
}
