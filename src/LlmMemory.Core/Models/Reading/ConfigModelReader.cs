using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models.Families;
using LlmMemory.Naming;
using LlmMemory.Quantization.Checkpoints;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>Derives a model from its configuration: the language model by its family, the towers by theirs.</summary>
internal static class ConfigModelReader
{
    /// <summary>The configuration's model, in the data type that the configuration names.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="options">What the user says about it.</param>
    /// <param name="location">Where it lies, null for a text.</param>
    /// <param name="modelOpt">The hf_quant_config.json beside it, null where there is none.</param>
    /// <exception cref="LlmMemoryException">
    /// The family or the quantisation is unknown, or a field is missing or wrong.
    /// </exception>
    public static LlmModel Read(
        ModelConfig config, string name, ModelReadingOptions options, string? location = null, ModelConfig? modelOpt = null)
    {
        var architecture = ReadArchitecture(config, options);
        var dataType = NativeDataType.Read(config);
        var quantization = QuantizationReader.Read(config, modelOpt, dataType);
        try
        {
            var weights = architecture.ToInventory(dataType);
            var tensors = quantization?.Apply(weights) ?? weights;
            return new LlmModel(name, ModelSource.Config, tensors, architecture)
            {
                Location = location,
                ModelType = architecture.ModelType,
                DataType = quantization is null ? dataType.Name : tensors.MostUsedDataType ?? dataType.Name,
                Quantization = quantization?.Name,
                KvCacheDataType = quantization?.KvCacheDataType,
                ContextLength = architecture.ContextLength,
                Verification = options.Architecture is null ? ModelVerification.Read : ModelVerification.Overridden,
                Assumptions = new([.. Assumptions(config, options), .. quantization?.AssumptionsFor(weights) ?? []]),
            };
        }
        catch (OverflowException overflow)
        {
            throw TooLarge(config, overflow);
        }
    }

    /// <summary>How the configuration's model is built.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="options">What the user says about it.</param>
    /// <exception cref="LlmMemoryException">The family or a tower is unknown, or a field is missing or wrong.</exception>
    public static ModelArchitecture ReadArchitecture(ModelConfig config, ModelReadingOptions options)
    {
        var parts = ModelParts.Find(config);
        var modelType = options.Architecture ?? parts.TextModelType;
        var family = FamilyCatalogue.TryFind(modelType, out var found) ? found : throw UnknownFamily(config, modelType);
        try
        {
            var language = family.Build(parts.Text);
            return new ModelArchitecture
            {
                ModelType = modelType,
                HiddenSize = language.HiddenSize,
                VocabularySize = language.VocabularySize,
                ContextLength = language.ContextLength,
                TiesEmbeddings = language.TiesEmbeddings,
                RotaryScaling = RotaryScalingReader.Read(parts.Text),
                RotaryPositions = RotaryPositionsReader.Read(parts.Text, modelType, config.ModelType),
                RecurrentStateDataType = RecurrentStateReader.Read(parts.Text, modelType),
                Sections =
                [
                    .. parts.LanguageSections(language),
                    .. options.TextOnly ? [] : parts.TowerSections(language),
                ],
            };
        }
        catch (OverflowException overflow)
        {
            throw TooLarge(config, overflow);
        }
    }

    private static IEnumerable<string> Assumptions(ModelConfig config, ModelReadingOptions options)
    {
        if (options.TextOnly && ModelParts.Find(config).HasTowers)
        {
            yield return "The language model alone is counted, without the towers and projectors that stand beside it.";
        }
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
