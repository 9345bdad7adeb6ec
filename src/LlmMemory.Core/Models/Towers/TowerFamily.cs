using System;
using System.Collections.Generic;

namespace LlmMemory.Models.Towers;

/// <summary>How the towers of one kind of multimodal model are built: vision, audio, and what leads from them to the language model.</summary>
internal sealed class TowerFamily
{
    /// <summary>Creates a family.</summary>
    /// <param name="build">Builds the towers' sections.</param>
    /// <param name="modelTypes">
    /// The model_type of the whole configuration (llava, gemma3, qwen3_vl), or of its vision_config where the whole
    /// does not settle it.
    /// </param>
    public TowerFamily(Func<TowerConfig, IReadOnlyList<ModelSection>> build, params string[] modelTypes)
    {
        Build = build;
        ModelTypes = modelTypes;
    }

    /// <summary>Builds the sections of the towers and projectors.</summary>
    public Func<TowerConfig, IReadOnlyList<ModelSection>> Build { get; }

    /// <summary>The model types that it is for.</summary>
    public IReadOnlyList<string> ModelTypes { get; }
}
