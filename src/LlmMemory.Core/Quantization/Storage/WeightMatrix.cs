using System;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// A weight that is about to be quantised, as its module sees it: outputs x inputs, and the names that its codes and
/// scales get. Experts in one tensor are as many matrices, each with codes and scales of its own.
/// </summary>
internal sealed class WeightMatrix
{
    private const string WeightSuffix = ".weight";

    private readonly ModelTensor _weight;
    private readonly bool _hasSuffix;
    private readonly long[] _leading;

    /// <summary>Looks at a weight as a matrix.</summary>
    /// <param name="weight">A tensor of two dimensions or more.</param>
    public WeightMatrix(ModelTensor weight)
    {
        _weight = weight;
        _hasSuffix = weight.Name.EndsWith(WeightSuffix, StringComparison.Ordinal);
        _leading = [.. weight.Shape.Take(weight.Shape.Count - 2)];
        var (rows, columns) = (weight.Shape[weight.Shape.Count - 2], weight.Shape[weight.Shape.Count - 1]);
        (Outputs, Inputs) = weight.StoresInputsFirst ? (columns, rows) : (rows, columns);
    }

    /// <summary>The rows of the matrix: what the module puts out.</summary>
    public long Outputs { get; }

    /// <summary>The length of a row: what the module takes in.</summary>
    public long Inputs { get; }

    /// <summary>The weights of the matrix.</summary>
    public long Weights => checked(Outputs * Inputs);

    /// <summary>True where several matrices share one tensor.</summary>
    public bool IsStacked => _leading.Length > 0;

    /// <summary>How the weight was stored, which scales of some formats are too.</summary>
    public DataType NativeType => _weight.StoredAs;

    /// <summary>The codes of the weight: the tensor that carries its parameters.</summary>
    /// <param name="name">What the format calls it: <c>weight</c>, <c>qweight</c>.</param>
    /// <param name="type">How its elements are stored.</param>
    /// <param name="format">The format, where the type alone does not say it.</param>
    /// <param name="shape">The lengths for one matrix.</param>
    public ModelTensor Codes(string name, DataType type, string? format, params long[] shape)
    {
        return New(name, _weight.RoleKind, type, shape, format, _weight.WeightsPerTensor);
    }

    /// <summary>What the codes need beside them: scales, zero points, codebooks.</summary>
    /// <param name="name">What the format calls it.</param>
    /// <param name="type">How its elements are stored.</param>
    /// <param name="shape">The lengths for one matrix; none for a single number.</param>
    public ModelTensor Scale(string name, DataType type, params long[] shape)
    {
        return New(name, TensorRole.Scale, type, shape, null, 0);
    }

    /// <summary>A count divided by a length, a started one counted whole.</summary>
    public static long Ceiling(long count, long length)
    {
        return (count / length) + (count % length == 0 ? 0 : 1);
    }

    private ModelTensor New(string name, TensorRole role, DataType type, long[] shape, string? format, long weights)
    {
        return new ModelTensor(NameOf(name), _weight.PartKind, role, _weight.Layer, [.. _leading, .. shape], type)
        {
            Count = _weight.Count,
            Experts = _weight.Experts,
            ExpertsPerToken = _weight.ExpertsPerToken,
            Quantization = format,
            WeightsPerTensor = weights,
        };
    }

    // A parameter without '.weight', as stacked experts are, has no module: gate_up_proj, gate_up_proj_scale_inv.
    private string NameOf(string name)
    {
        const string Weight = "weight";
        if (_hasSuffix)
        {
            return _weight.Name.Substring(0, _weight.Name.Length - Weight.Length) + name;
        }

        var ending = name.StartsWith(Weight, StringComparison.Ordinal) ? name.Substring(Weight.Length) : "_" + name;
        return _weight.Name + ending;
    }
}
