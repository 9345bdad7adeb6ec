using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>A weight as a storage format sees it: outputs, inputs, and how many of them are stacked in one tensor.</summary>
internal sealed class WeightMatrix
{
    private const string WeightEnding = ".weight";

    private readonly ModelTensor _tensor;
    private readonly long[] _stack;

    public WeightMatrix(ModelTensor tensor)
    {
        _tensor = tensor;
        _stack = [.. tensor.Shape.Take(tensor.Shape.Count - 2)];
        Outputs = tensor.Shape[tensor.Shape.Count - 2];
        Inputs = tensor.Shape[tensor.Shape.Count - 1];
    }

    /// <summary>Rows: what the layer puts out.</summary>
    public long Outputs { get; }

    /// <summary>The length of a row: what the layer takes in.</summary>
    public long Inputs { get; }

    /// <summary>Weights of one stored tensor, all of its stack.</summary>
    public long Weights => _tensor.Elements;

    /// <summary>The plain type that the weight had before.</summary>
    public DataType PlainType => _tensor.StoredAs;

    private string Module => _tensor.Name.EndsWith(WeightEnding, StringComparison.Ordinal)
        ? _tensor.Name.Substring(0, _tensor.Name.Length - WeightEnding.Length) + "."
        : _tensor.Name + "_";

    /// <summary>The tensor of the codes, which holds the weight's parameters.</summary>
    /// <param name="format">What the format is called.</param>
    /// <param name="ending">The tensor's name after the module's: <c>qweight</c>.</param>
    /// <param name="storedAs">The type of its elements.</param>
    /// <param name="shape">Its lengths for one weight; a stack stands before them.</param>
    public ModelTensor Codes(string format, string ending, DataType storedAs, params long[] shape)
    {
        return new ModelTensor(Module + ending, _tensor.PartKind, _tensor.RoleKind, _tensor.Layer, Stacked(shape), storedAs)
        {
            Count = _tensor.Count,
            Experts = _tensor.Experts,
            ExpertsPerToken = _tensor.ExpertsPerToken,
            Quantization = format,
            WeightsPerTensor = _tensor.WeightsPerTensor,
        };
    }

    /// <summary>A tensor that the codes need; it holds no parameters.</summary>
    /// <param name="ending">The tensor's name after the module's: <c>weight_scale</c>.</param>
    /// <param name="storedAs">The type of its elements.</param>
    /// <param name="shape">Its lengths for one weight; a stack stands before them.</param>
    public ModelTensor Scale(string ending, DataType storedAs, params long[] shape)
    {
        return Flat(ending, storedAs, Stacked(shape));
    }

    /// <summary>A tensor that the codes of a whole stack need once.</summary>
    public ModelTensor Flat(string ending, DataType storedAs, params IReadOnlyList<long> shape)
    {
        return new ModelTensor(Module + ending, _tensor.PartKind, TensorRole.Scale, _tensor.Layer, shape, storedAs)
        {
            Count = _tensor.Count,
        };
    }

    private long[] Stacked(long[] shape)
    {
        return [.. _stack, .. shape];
    }
}
