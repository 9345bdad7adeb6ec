using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Quantization.Checkpoints;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>
/// What the configuration beside a checkpoint adds to its tensors: how the model is built, where that is known, and what
/// no shape tells - the experts for a token, a tied head, the context. All of it may be missing; the bytes stay exact.
/// </summary>
internal sealed class CheckpointConfig
{
    private readonly ModelConfig? _text;
    private readonly List<string> _assumptions = [];

    private CheckpointConfig(ModelConfig? config, ModelConfig? modelOpt, ModelReadingOptions options)
    {
        Packing = PackingConfig.Read(config);
        if (config is null)
        {
            _assumptions.Add("No config.json lies beside the weights: roles are told by names alone, and a tied head is not recognised.");
            return;
        }

        KvCacheDataType = Try(() => QuantizationReader.Read(config, modelOpt, DataTypeCatalogue.Default)?.KvCacheDataType);
        _text = Try(() => ModelParts.Find(config).Text) ?? config;
        ModelType = Try(() => ModelParts.Find(config).TextModelType) ?? config.ModelType;
        Architecture = TryArchitecture(config, options);
        Expected = Try(() => Architecture?.ToInventory(DataTypeCatalogue.Default)
            .GroupBy(tensor => tensor.Name, StringComparer.Ordinal)
            .ToDictionary(tensors => tensors.Key, tensors => tensors.First(), StringComparer.Ordinal)) ?? [];
    }

    /// <summary>How the model is built, null where that is not known.</summary>
    public ModelArchitecture? Architecture { get; }

    /// <summary>The tensors that a model built so has, by name.</summary>
    public IReadOnlyDictionary<string, ModelTensor> Expected { get; } = new Dictionary<string, ModelTensor>();

    /// <summary>What is said about packed weights.</summary>
    public PackingConfig Packing { get; }

    /// <summary>The model_type of the language model, null where none is said.</summary>
    public string? ModelType { get; }

    /// <summary>The data type that keys and values are meant to be cached in; null where nothing is said.</summary>
    public string? KvCacheDataType { get; }

    /// <summary>What was taken for granted.</summary>
    public IReadOnlyList<string> Assumptions => _assumptions;

    /// <summary>The layers of the language model.</summary>
    public int? Layers => Optional("num_hidden_layers", "n_layer", "num_layers", "n_layers");

    /// <summary>The experts that a token passes.</summary>
    public int? ExpertsPerToken => Optional(
        "num_experts_per_tok", "moe_topk", "moe_k", "num_experts_per_token", "top_k_experts", "moe_top_k", "num_selected_experts");

    /// <summary>The tokens that the model was made for.</summary>
    public long? ContextLength => Architecture?.ContextLength
        ?? Optional("max_position_embeddings", "n_positions", "seq_length", "max_sequence_length", "model_max_length", "n_ctx");

    /// <summary>True where the head is the embedding.</summary>
    public bool TiesEmbeddings => Architecture?.TiesEmbeddings
        ?? (_text?.Node.Get("tie_word_embeddings")?.AsBoolean() ?? false);

    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration, null where there is none.</param>
    /// <param name="modelOpt">The hf_quant_config.json beside it, null where there is none.</param>
    /// <param name="options">What the user says about the model.</param>
    /// <exception cref="LlmMemoryException">The user names an architecture, and it does not fit.</exception>
    public static CheckpointConfig Read(ModelConfig? config, ModelConfig? modelOpt, ModelReadingOptions options)
    {
        return new CheckpointConfig(config, modelOpt, options);
    }

    private ModelArchitecture? TryArchitecture(ModelConfig config, ModelReadingOptions options)
    {
        try
        {
            return ConfigModelReader.ReadArchitecture(config, options);
        }
        catch (LlmMemoryException error) when (options.Architecture is null)
        {
            _assumptions.Add($"How the model is built is not known, so its tensors are taken as they are named. {error.Message}");
            return null;
        }
    }

    private int? Optional(params string[] names)
    {
        try
        {
            return _text?.OptionalInt(names);
        }
        catch (LlmMemoryException)
        {
            return null;
        }
    }

    // A field that cannot be used is as good as none: the tensors are what counts.
    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is LlmMemoryException or OverflowException)
        {
            return null;
        }
    }
}
