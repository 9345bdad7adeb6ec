using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Models.Families;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Sources.Config;
using LlmMemory.Sources.Files;
using LlmMemory.Sources.Gguf;
using LlmMemory.Sources.Hub;
using LlmMemory.Sources.Local;
using LlmMemory.Sources.Safetensors;

namespace LlmMemory.Models.Reading;

/// <summary>Reads models: the one way in, whatever the model comes from.</summary>
public static class ModelReader
{
    /// <summary>What a configuration is called in messages when it came as text.</summary>
    private const string TextSource = "the configuration";

    /// <summary>The model types whose rules the engine knows, in order.</summary>
    public static IReadOnlyCollection<string> KnownModelTypes => FamilyCatalogue.SortedModelTypes;

    /// <summary>Derives a model from the text of a config.json.</summary>
    /// <param name="json">The configuration.</param>
    /// <param name="options">What the user says about it; nothing when null.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ConfigInvalid"/>, <see cref="ErrorIds.ConfigFieldMissing"/>,
    /// <see cref="ErrorIds.ConfigFieldInvalid"/>, <see cref="ErrorIds.ArchitectureUnknown"/>,
    /// <see cref="ErrorIds.ModelPartUnknown"/>, <see cref="ErrorIds.QuantizationUnknown"/>,
    /// <see cref="ErrorIds.QuantizationImpossible"/> or <see cref="ErrorIds.ModelTooLarge"/>.
    /// </exception>
    public static LlmModel FromConfig(string json, ModelReadingOptions? options = null)
    {
        if (json is null)
        {
            throw new ArgumentNullException(nameof(json));
        }

        var config = ModelConfig.Parse(Encoding.UTF8.GetBytes(json), TextSource);
        return ConfigModelReader.Read(config, config.OptionalText("_name_or_path") ?? config.ModelType, options ?? new());
    }

    /// <summary>A model of one's own design, which no configuration describes: put together from blocks.</summary>
    /// <param name="architecture">How it is built.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="dataType">How its weights are stored.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ModelTooLarge"/>: its weights cannot be counted in 64 bits.</exception>
    public static LlmModel FromArchitecture(ModelArchitecture architecture, string name, DataType dataType)
    {
        if (architecture is null || name is null || dataType is null)
        {
            throw new ArgumentNullException(architecture is null ? nameof(architecture) : name is null ? nameof(name) : nameof(dataType));
        }

        try
        {
            return new LlmModel(name, ModelSource.Blocks, architecture.ToInventory(dataType), architecture)
            {
                ModelType = architecture.ModelType,
                DataType = dataType.Name,
                ContextLength = architecture.ContextLength,
                Verification = ModelVerification.Read,
            };
        }
        catch (OverflowException overflow)
        {
            throw new LlmMemoryException(
                ErrorIds.ModelTooLarge, name, $"The weights of {Quoted.Value(name)} cannot be counted in 64 bits. Give its layers smaller dimensions.", overflow);
        }
    }

    /// <summary>Derives a model of the built-in catalogue.</summary>
    /// <param name="entry">The catalogue's entry.</param>
    /// <param name="options">What the user says about it; nothing when null.</param>
    public static LlmModel FromCatalogue(CatalogueEntry entry, ModelReadingOptions? options = null)
    {
        if (entry is null)
        {
            throw new ArgumentNullException(nameof(entry));
        }

        return CatalogueModelReader.Read(entry, options ?? new());
    }

    /// <summary>
    /// Reads a model from a GGUF file: its header, never its weights. Of a split model any part will do; all parts have
    /// to lie beside it. A LoRA adapter or an mmproj file is read for what it is.
    /// </summary>
    /// <param name="path">The file's path; a relative one counts from the current directory of the process.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.GgufInvalid"/>, <see cref="ErrorIds.GgufUnsupported"/>, <see cref="ErrorIds.GgufIncomplete"/>,
    /// <see cref="ErrorIds.GgufMetadataInvalid"/>, <see cref="ErrorIds.ModelTooLarge"/>,
    /// <see cref="ErrorIds.ModelFileNotFound"/> or <see cref="ErrorIds.ModelFileUnreadable"/>.
    /// </exception>
    public static LlmModel FromGguf(string path)
    {
        return ModelPathReader.ReadGguf(LocalFilePath.Full(path ?? throw new ArgumentNullException(nameof(path))), new());
    }

    /// <summary>Reads a model from a GGUF file among the files of a model, wherever they lie.</summary>
    /// <param name="files">The files.</param>
    /// <param name="path">The <see cref="ModelFile.Path"/> of the file, or of any part of a split model.</param>
    /// <exception cref="LlmMemoryException">As <see cref="FromGguf(string)"/>; or an error of the Hub.</exception>
    public static LlmModel FromGguf(IModelFiles files, string path)
    {
        if (files is null)
        {
            throw new ArgumentNullException(nameof(files));
        }

        var parts = GgufParts.Read(path ?? throw new ArgumentNullException(nameof(path)), files.Open);
        return GgufModelReader.Read(parts, files.Name, $"{files.Location}/{path}");
    }

    /// <summary>Reads a model from a stream that holds one whole GGUF file.</summary>
    /// <param name="stream">A stream that can seek; it stays open.</param>
    /// <param name="name">What the model is called in messages, and where the file does not say.</param>
    /// <exception cref="LlmMemoryException">As <see cref="FromGguf(string)"/>.</exception>
    public static LlmModel FromGguf(Stream stream, string name)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        return GgufModelReader.Read(GgufParts.Read(stream, name), name);
    }

    /// <summary>
    /// Reads a model from a safetensors file: its header, never its weights. Of a sharded model any file will do; all of
    /// them have to lie beside it. A config.json beside it adds how the model is built; adapters of PEFT are read for
    /// what they are.
    /// </summary>
    /// <param name="path">The file's path; a relative one counts from the current directory of the process.</param>
    /// <param name="options">What the user says about the model; nothing when null.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.SafetensorsInvalid"/>, <see cref="ErrorIds.SafetensorsIncomplete"/>,
    /// <see cref="ErrorIds.PackedWeightsUnknown"/>, <see cref="ErrorIds.ConfigInvalid"/>,
    /// <see cref="ErrorIds.ModelTooLarge"/>, <see cref="ErrorIds.ModelFileNotFound"/> or
    /// <see cref="ErrorIds.ModelFileUnreadable"/>; and what an architecture that the options name raises.
    /// </exception>
    public static LlmModel FromSafetensors(string path, ModelReadingOptions? options = null)
    {
        return ModelPathReader.ReadSafetensors(LocalFilePath.Full(path ?? throw new ArgumentNullException(nameof(path))), options ?? new());
    }

    /// <summary>Reads a model from a stream that holds one whole safetensors file, by its names alone.</summary>
    /// <param name="stream">A stream that can seek; it stays open.</param>
    /// <param name="name">What the model is called.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.SafetensorsInvalid"/>, <see cref="ErrorIds.PackedWeightsUnknown"/>,
    /// <see cref="ErrorIds.ModelTooLarge"/> or <see cref="ErrorIds.ModelFileUnreadable"/>.
    /// </exception>
    public static LlmModel FromSafetensors(Stream stream, string name)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        var shards = SafetensorsShards.Of(SafetensorsFile.Read(stream, name));
        return SafetensorsModelReader.Read(shards, config: null, name, location: null, new());
    }

    /// <summary>
    /// Reads a model from its files, wherever they lie: the headers of its safetensors, else its one GGUF file, else its
    /// config.json. An adapter of PEFT is read for what it is.
    /// </summary>
    /// <param name="files">The files of one model.</param>
    /// <param name="options">What the user says about the model; nothing when null.</param>
    /// <exception cref="LlmMemoryException">
    /// As <see cref="FromSafetensors(string, ModelReadingOptions?)"/>, <see cref="FromGguf(string)"/> and
    /// <see cref="FromConfig"/>; <see cref="ErrorIds.ModelFormatUnknown"/> where there is nothing to read, or several
    /// GGUF files of which one has to be chosen; or an error of the Hub.
    /// </exception>
    public static LlmModel FromFiles(IModelFiles files, ModelReadingOptions? options = null)
    {
        return new ModelFilesReader(files ?? throw new ArgumentNullException(nameof(files)), options ?? new()).Read();
    }

    /// <summary>Reads a model on the Hub, at the commit of its files: headers, never weights.</summary>
    /// <param name="files">The model's files, from <see cref="HubClient.Open"/>.</param>
    /// <param name="options">What the user says about the model; nothing when null.</param>
    /// <exception cref="LlmMemoryException">As <see cref="FromFiles"/>.</exception>
    /// <exception cref="OperationCanceledException">The files were opened by someone who does not want them any more.</exception>
    public static LlmModel FromHub(HubModelFiles files, ModelReadingOptions? options = null)
    {
        return FromFiles(files, options).FromHub(files, options?.Variant);
    }

    /// <summary>Reads a model that a store on this machine has, under the store's name for it.</summary>
    /// <param name="local">The model, from <see cref="LocalStores.Find"/>.</param>
    /// <param name="options">What the user says about the model; nothing when null.</param>
    /// <exception cref="LlmMemoryException">As <see cref="FromPath"/>.</exception>
    public static LlmModel FromStore(LocalModel local, ModelReadingOptions? options = null)
    {
        return LocalModelReader.Read(local ?? throw new ArgumentNullException(nameof(local)), options ?? new());
    }

    /// <summary>
    /// Reads a model from whatever a path is: a model's folder, a config.json or another configuration, a .safetensors
    /// file, the index of several, a .gguf file.
    /// </summary>
    /// <param name="path">The path; a relative one counts from the current directory of the process.</param>
    /// <param name="options">What the user says about the model; nothing when null.</param>
    /// <exception cref="LlmMemoryException">
    /// As <see cref="FromFiles"/>; or <see cref="ErrorIds.ModelFileNotFound"/> or <see cref="ErrorIds.ModelFileUnreadable"/>.
    /// </exception>
    public static LlmModel FromPath(string path, ModelReadingOptions? options = null)
    {
        return ModelPathReader.Read(path ?? throw new ArgumentNullException(nameof(path)), options ?? new());
    }
}
