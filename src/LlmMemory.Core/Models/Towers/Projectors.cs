using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>Sections for what leads from a tower into the language model.</summary>
internal static class Projectors
{
    /// <summary>The prefix that most wrappers give their projector.</summary>
    public const string Prefix = "multi_modal_projector.";

    /// <summary>A projector of any blocks.</summary>
    /// <param name="prefix">What the names of its tensors start with.</param>
    /// <param name="blocks">Its blocks.</param>
    public static ModelSection Of(string prefix, params IReadOnlyList<Block> blocks)
    {
        return new ModelSection { Part = ModelPart.Projector, Prefix = prefix, Blocks = blocks };
    }

    /// <summary>Two linear layers with an activation between them.</summary>
    /// <param name="inputs">The width that they start from.</param>
    /// <param name="inner">The width between them.</param>
    /// <param name="outputs">The width that they lead to.</param>
    /// <param name="bias">True where they have biases.</param>
    /// <param name="first">The name of the first.</param>
    /// <param name="second">The name of the second.</param>
    public static IReadOnlyList<Block> TwoLayers(
        long inputs, long inner, long outputs, bool bias, string first = "linear_1", string second = "linear_2")
    {
        return
        [
            new Linear(TensorRole.Projection, first, inputs, inner, bias),
            new Linear(TensorRole.Projection, second, inner, outputs, bias),
        ];
    }
}
