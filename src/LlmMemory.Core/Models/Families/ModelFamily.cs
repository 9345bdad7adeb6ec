using System;
using System.Collections.Generic;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>How the language models of one model_type are built from their configuration.</summary>
internal sealed class ModelFamily
{
    /// <summary>Creates a family.</summary>
    /// <param name="build">Builds the language model from the configuration that has its dimensions.</param>
    /// <param name="modelTypes">The model_type, and others that are built the same way.</param>
    public ModelFamily(Func<ModelConfig, LanguageModel> build, params string[] modelTypes)
    {
        Build = build;
        ModelTypes = modelTypes;
    }

    /// <summary>Builds the language model, MTP modules included.</summary>
    public Func<ModelConfig, LanguageModel> Build { get; }

    /// <summary>The model types that it is for.</summary>
    public IReadOnlyList<string> ModelTypes { get; }
}
