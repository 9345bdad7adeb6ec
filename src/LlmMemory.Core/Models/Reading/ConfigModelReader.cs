using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models.Families;
using LlmMemory.Models.Towers;
using LlmMemory.Naming;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>Derives a model from its configuration: the language model by its family, the towers by theirs.</summary>
internal static class ConfigModelReader
{
    private static readonly string[] TextConfigs = ["text_config", "llm_config", "language_config", "language_model_config"];

    /// <summary>The configuration's model, in the data type that the configuration names.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="options">What the user says about it.</param>
    /// <exception cref="LlmMemoryException">The family is unknown, or a field is missing or wrong.</exception>
    public static LlmModel Read(ModelConfig config, string name, ModelReadingOptions options)
    {
        var architecture = ReadArchitecture(config, options.Architecture);
        var dataType = NativeDataType.Read(config);
        try
        {
            return new LlmModel(name, ModelSource.Config, architecture.ToInventory(dataType), architecture)
            {
                ModelType = architecture.ModelType,
                DataType = dataType.Name,
                ContextLength = architecture.ContextLength,
                Verification = options.Architecture is null ? ModelVerification.Read : ModelVerification.Overridden,
            };
        }
        catch (OverflowException overflow)
        {
            throw TooLarge(config, overflow);
        }
    }

    /// <summary>How the configuration's model is built.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="modelType">The family whose rules apply whatever the configuration says; null for its own.</param>
    /// <exception cref="LlmMemoryException">The family is unknown, or a field is missing or wrong.</exception>
    public static ModelArchitecture ReadArchitecture(ModelConfig config, string? modelType = null)
    {
        var text = TextConfig(config);
        var textType = modelType ?? (text.ModelType.Length > 0 ? text.ModelType : config.ModelType);
        var family = FamilyCatalogue.TryFind(textType, out var found) ? found : throw UnknownFamily(config, textType);
        try
        {
            var language = family.Build(text);
            return new ModelArchitecture
            {
                ModelType = textType,
                HiddenSize = language.HiddenSize,
                VocabularySize = language.VocabularySize,
                ContextLength = language.ContextLength,
                TiesEmbeddings = language.TiesEmbeddings,
                RotaryScaling = RotaryScalingReader.Read(text),
                Sections = [.. language.Sections, .. Towers(config, text, language)],
            };
        }
        catch (OverflowException overflow)
        {
            throw TooLarge(config, overflow);
        }
    }

    private static ModelConfig TextConfig(ModelConfig config)
    {
        return config.Nested("thinker_config") is { } thinker ? TextConfig(thinker) : config.Nested(TextConfigs) ?? config;
    }

    private static IReadOnlyList<ModelSection> Towers(ModelConfig config, ModelConfig text, LanguageModel language)
    {
        var vision = config.Nested("vision_config");
        var isKnown = TowerCatalogue.TryFind(config.ModelType, out var family)
            || (vision is not null && TowerCatalogue.TryFind(vision.ModelType, out family));
        return isKnown ? family!.Build(new TowerConfig(config, text, vision, language.HiddenSize)) : [];
    }

    private static LlmMemoryException UnknownFamily(ModelConfig config, string modelType)
    {
        var nearest = NearestSpellings.Find(modelType, FamilyCatalogue.ModelTypes).ToList();
        var hint = nearest.Count > 0 ? $" The nearest known ones are {string.Join(", ", nearest)}." : string.Empty;
        return new LlmMemoryException(
            ErrorIds.ArchitectureUnknown,
            modelType,
            $"{Quoted.Value(config.Source)} is a {Quoted.Value(modelType)} model, and that family is not known.{hint} "
            + "If it is built like one of them, say so: -Architecture llama.");
    }

    private static LlmMemoryException TooLarge(ModelConfig config, OverflowException overflow)
    {
        return new LlmMemoryException(
            ErrorIds.ModelTooLarge,
            config.Source,
            $"The model that {Quoted.Value(config.Source)} describes does not fit 64 bits: a dimension in it must be wrong.",
            overflow);
    }
}
