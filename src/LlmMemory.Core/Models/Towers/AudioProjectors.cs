using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Sections for what leads from an audio tower into the language model. They belong to the audio part, since a
/// projector of its own would be counted with the vision tower.
/// </summary>
internal static class AudioProjectors
{
    /// <summary>A projector of any blocks.</summary>
    /// <param name="prefix">What the names of its tensors start with.</param>
    /// <param name="blocks">Its blocks.</param>
    public static ModelSection Of(string prefix, params IReadOnlyList<Block> blocks)
    {
        return new ModelSection { Part = ModelPart.Audio, Prefix = prefix, Blocks = blocks };
    }
}
