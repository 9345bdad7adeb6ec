using System;
using System.Text;
using LlmMemory.Errors;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>Reads models: the one way in, whatever the model comes from.</summary>
public static class ModelReader
{
    /// <summary>What a configuration is called in messages when it came as text.</summary>
    private const string TextSource = "the configuration";

    /// <summary>Derives a model from the text of a config.json.</summary>
    /// <param name="json">The configuration.</param>
    /// <param name="options">What the user says about it; nothing when null.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ConfigInvalid"/>, <see cref="ErrorIds.ConfigFieldMissing"/>,
    /// <see cref="ErrorIds.ConfigFieldInvalid"/>, <see cref="ErrorIds.ArchitectureUnknown"/>,
    /// <see cref="ErrorIds.ModelPartUnknown"/> or <see cref="ErrorIds.ModelTooLarge"/>.
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
}
