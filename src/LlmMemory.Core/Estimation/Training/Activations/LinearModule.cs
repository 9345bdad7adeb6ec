using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>A linear layer of a block.</summary>
/// <param name="Role">What it does there.</param>
/// <param name="Name">The module's name in the model: <c>model.layers.3.mlp.up_proj</c>.</param>
/// <param name="Inputs">The width that goes in.</param>
/// <param name="Outputs">The width that comes out.</param>
internal sealed record LinearModule(TensorRole Role, string Name, long Inputs, long Outputs)
{
    private const string Suffix = ".weight";

    /// <summary>How many there are alike: the experts of a layer.</summary>
    public long Count { get; private init; } = 1;

    /// <summary>True for experts in one tensor, which is a parameter of its module and no module of its own.</summary>
    public bool IsStacked { get; private init; }

    /// <summary>The module's last name: <c>up_proj</c>.</summary>
    public string ShortName => Name.Substring(Name.LastIndexOf('.') + 1);

    /// <summary>The linear layers that a block is made of; of experts, one for each kind.</summary>
    /// <param name="block">The block.</param>
    /// <param name="prefix">What its names start with.</param>
    public static IReadOnlyList<LinearModule> Of(Block block, string prefix)
    {
        var tensors = new List<ModelTensor>();
        block.WriteTensors(new TensorScope
        {
            Tensors = tensors,
            Part = ModelPart.Text,
            DataType = DataTypes.DataTypeCatalogue.BF16,
            Prefix = prefix,
        });
        return [.. tensors.Where(IsMatrix).Select(Of)];
    }

    private static bool IsMatrix(ModelTensor tensor)
    {
        return tensor.Shape.Count is 2 or 3 && tensor.RoleKind is not (TensorRole.RecurrentConvolution or TensorRole.Extra);
    }

    private static LinearModule Of(ModelTensor tensor)
    {
        var (outer, inner) = (tensor.Shape[tensor.Shape.Count - 2], tensor.Shape[tensor.Shape.Count - 1]);
        var (inputs, outputs) = tensor.StoresInputsFirst ? (outer, inner) : (inner, outer);
        var name = tensor.Name.EndsWith(Suffix, StringComparison.Ordinal) ? tensor.Name.Substring(0, tensor.Name.Length - Suffix.Length) : tensor.Name;
        return new(tensor.RoleKind, name, inputs, outputs) { Count = tensor.Count, IsStacked = tensor.Shape.Count == 3 };
    }
}
