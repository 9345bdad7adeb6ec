using System.Collections.Generic;
using LlmMemory.DataTypes;

namespace LlmMemory.Models.Blocks;

/// <summary>
/// Where a block writes its tensors: the list that they join, and what they have in common - the part of the model,
/// the layer, the prefix of their names, and how often each is there.
/// </summary>
internal sealed record TensorScope
{
    /// <summary>The list that the tensors join.</summary>
    public required ICollection<ModelTensor> Tensors { get; init; }

    /// <summary>The part of the model.</summary>
    public required ModelPart Part { get; init; }

    /// <summary>How the model stores its weights.</summary>
    public required DataType DataType { get; init; }

    /// <summary>The layer, null outside the layers.</summary>
    public int? Layer { get; init; }

    /// <summary>What every name starts with: <c>model.layers.3.</c></summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>How many tensors of each kind there are; a star in the prefix stands for their number.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The routed experts that the tensors are shared among; 0 where every token passes them.</summary>
    public int Experts { get; init; }

    /// <summary>How many of the experts are chosen for a token.</summary>
    public int ExpertsPerToken { get; init; }

    /// <summary>True where the weights of linear layers are stored transposed, [inputs, outputs], as GPT-2's are.</summary>
    public bool StoresInputsFirst { get; init; }

    /// <summary>The same scope with a longer prefix.</summary>
    public TensorScope In(string prefix)
    {
        return this with { Prefix = Prefix + prefix };
    }

    /// <summary>Adds one tensor of any shape.</summary>
    /// <param name="role">What it does.</param>
    /// <param name="name">Its name after the prefix, <c>.weight</c> included where the checkpoint has it.</param>
    /// <param name="shape">Its lengths, outermost first.</param>
    public void Add(TensorRole role, string name, params long[] shape)
    {
        Add(role, name, shape, storedAs: null);
    }

    /// <summary>Adds one tensor that is stored in a type of its own, whatever the rest of the model is in; null for the rest's.</summary>
    public void AddStoredAs(DataType? storedAs, TensorRole role, string name, params long[] shape)
    {
        Add(role, name, shape, storedAs);
    }

    /// <summary>
    /// Adds a linear layer: <c>name.weight</c> of [outputs, inputs], or the other way round where the scope says so, and
    /// <c>name.bias</c> where it has one.
    /// </summary>
    public void Linear(TensorRole role, string name, long inputs, long outputs, bool bias = false)
    {
        Add(role, name + ".weight", StoresInputsFirst ? [inputs, outputs] : [outputs, inputs]);
        if (bias)
        {
            Add(role, name + ".bias", outputs);
        }
    }

    /// <summary>Adds a normalisation over the last dimension.</summary>
    public void Norm(string name, long size, NormKind kind)
    {
        if (kind != NormKind.None)
        {
            Add(TensorRole.Norm, name + ".weight", size);
        }

        if (kind == NormKind.LayerNorm)
        {
            Add(TensorRole.Norm, name + ".bias", size);
        }
    }

    private void Add(TensorRole role, string name, long[] shape, DataType? storedAs)
    {
        Tensors.Add(new ModelTensor(Prefix + name, Part, role, Layer, shape, storedAs ?? DataType)
        {
            Count = Count,
            Experts = Experts,
            ExpertsPerToken = ExpertsPerToken,
            KeepsDataType = storedAs is not null,
            StoresInputsFirst = StoresInputsFirst,
        });
    }
}
