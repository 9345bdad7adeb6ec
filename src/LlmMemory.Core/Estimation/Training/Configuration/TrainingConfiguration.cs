using System;
using System.Collections.Generic;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Configuration;

/// <summary>
/// How a training is configured, from the files that its frameworks read: Axolotl's YAML, DeepSpeed's JSON, accelerate's
/// YAML, TrainingArguments, torchtune's YAML, LLaMA-Factory's YAML, PEFT's adapter_config.json. What is null no file says.
/// </summary>
public sealed record TrainingConfiguration
{
    /// <summary>The framework that the files are of; null where they belong to any.</summary>
    public TrainingFramework? Framework { get; init; }

    /// <summary>The model as a file names it: an id on the Hub, or a path.</summary>
    public string? Model { get; init; }

    /// <summary>How the weights are stored, by the name of a weight format: BF16, NF4-DQ.</summary>
    public string? WeightFormat { get; init; }

    /// <summary>How the model is trained.</summary>
    public TrainingRun Run { get; init; } = new();

    /// <summary>True where an adapter is trained, false where all weights are; null where no file says it.</summary>
    public bool? TrainsAdapter { get; init; }

    /// <summary>The adapter, as far as files say it.</summary>
    public AdapterSpecification Adapter { get; init; } = new();

    /// <summary>The model's entry in the catalogue, by its id or what follows the owner in it; null where it has none.</summary>
    public CatalogueEntry? FindModel()
    {
        var name = Model?.TrimEnd('/') ?? string.Empty;
        return ModelCatalogue.All.TryFind(name, out var entry) || ModelCatalogue.All.TryFind(name.Substring(name.LastIndexOf('/') + 1), out entry) ? entry : null;
    }

    /// <summary>Reads the files of one run.</summary>
    /// <param name="paths">The files.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.TrainingConfigNotFound"/>, <see cref="ErrorIds.TrainingConfigUnreadable"/>,
    /// <see cref="ErrorIds.TrainingConfigInvalid"/>, <see cref="ErrorIds.TrainingConfigUnknown"/>,
    /// <see cref="ErrorIds.TrainingConfigSettingInvalid"/> or <see cref="ErrorIds.TrainingConfigContradictory"/>.
    /// </exception>
    public static TrainingConfiguration FromPaths(IEnumerable<string> paths)
    {
        var draft = new ConfigurationDraft();
        foreach (var path in paths ?? throw new ArgumentNullException(nameof(paths)))
        {
            Add(draft, ConfigurationFile.Read(path));
        }

        return ConfigurationComposer.Compose(draft);
    }

    /// <summary>Reads one file that lies in memory.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="bytes">The file.</param>
    /// <exception cref="LlmMemoryException">As <see cref="FromPaths"/>.</exception>
    public static TrainingConfiguration FromBytes(string name, byte[] bytes)
    {
        var file = ConfigurationFile.Parse(name ?? throw new ArgumentNullException(nameof(name)), bytes ?? throw new ArgumentNullException(nameof(bytes)));
        var draft = new ConfigurationDraft();
        Add(draft, file);
        return ConfigurationComposer.Compose(draft);
    }

    private static void Add(ConfigurationDraft draft, ConfigurationFile file)
    {
        ConfigurationKinds.Of(file).Read(new ConfigurationSection(file), draft);
    }
}
