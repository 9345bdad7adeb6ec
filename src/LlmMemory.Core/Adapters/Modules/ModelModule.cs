using System.Collections.Generic;
using LlmMemory.Models;

namespace LlmMemory.Adapters.Modules;

/// <summary>A module of a model, or several alike (the experts of a layer), with what it does to one vector.</summary>
/// <param name="Path">Its path in the model; a star stands for the number of an expert where Count is above one.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Tensors">Its weight, its bias and whatever else lies directly in it; never none.</param>
/// <param name="Inputs">The length of what goes in; the rows of an embedding.</param>
/// <param name="Outputs">The length of what comes out; the width of an embedding.</param>
internal sealed record ModelModule(
    string Path, ModuleKind Kind, IReadOnlyList<ModelTensor> Tensors, long Inputs, long Outputs)
{
    /// <summary>How many there are.</summary>
    public long Count => Tensors[0].Count;

    /// <summary>The tensor that an adapter of it stands beside.</summary>
    public ModelTensor Weight => Tensors[0];

    /// <summary>True for the head of a language model, which all-linear leaves out.</summary>
    public bool IsHead { get; init; }

    /// <summary>True for the head of a model whose head is its embedding: a module without a tensor of its own.</summary>
    public bool IsTied { get; init; }

    /// <summary>The last step of the path: <c>q_proj</c>.</summary>
    public string Name => LastStep(Path);

    /// <summary>True for a linear layer, whichever way its weight lies.</summary>
    public bool IsLinear => Kind is ModuleKind.Linear or ModuleKind.TransposedLinear;

    /// <summary>The last step of a path.</summary>
    public static string LastStep(string path)
    {
        return path.Substring(path.LastIndexOf('.') + 1);
    }
}
