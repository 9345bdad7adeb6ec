using System;
using System.Collections.Generic;

namespace LlmMemory.Models.Towers;

/// <summary>
/// One kind of multimodal model: how its towers are built - vision, audio, and what leads from them to the language
/// model - and how the language model stands in it.
/// </summary>
internal sealed class TowerFamily
{
    /// <summary>Creates a family.</summary>
    /// <param name="build">Builds the towers' sections.</param>
    /// <param name="modelTypes">The model_type of the whole configuration: llava, gemma3, qwen3_vl.</param>
    public TowerFamily(Func<TowerConfig, IReadOnlyList<ModelSection>> build, params string[] modelTypes)
    {
        Build = build;
        ModelTypes = modelTypes;
    }

    /// <summary>Builds the sections of the towers and projectors.</summary>
    public Func<TowerConfig, IReadOnlyList<ModelSection>> Build { get; }

    /// <summary>The model types that it is for.</summary>
    public IReadOnlyList<string> ModelTypes { get; }

    /// <summary>The model_type of the language model where its configuration does not say one; null for that of the whole.</summary>
    public string? TextModelType { get; init; }

    /// <summary>What the language model's tensors are called in the whole.</summary>
    public LanguageModelNames LanguageModel { get; init; } = LanguageModelNames.Whole;
}
