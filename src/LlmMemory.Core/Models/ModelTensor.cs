using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Quantities;

namespace LlmMemory.Models;

/// <summary>
/// A tensor as it is stored, or several alike (the experts of a layer): name, role, shape, data type, and the weights
/// of the model that it holds. A packed weight holds more weights than elements, a scale holds none.
/// </summary>
public sealed class ModelTensor
{
    internal ModelTensor(
        string name, ModelPart part, TensorRole role, int? layer, IReadOnlyList<long> shape, DataType storedAs)
    {
        Name = name;
        PartKind = part;
        RoleKind = role;
        Layer = layer;
        Shape = new ReadOnlyCollection<long>(shape as IList<long> ?? [.. shape]);
        StoredAs = storedAs;
        Elements = shape.Aggregate(1L, (product, length) => checked(product * length));
        WeightsPerTensor = role is TensorRole.Scale or TensorRole.Buffer or TensorRole.Duplicate ? 0 : Elements;
    }

    private ModelTensor(ModelTensor other)
    {
        Name = other.Name;
        PartKind = other.PartKind;
        RoleKind = other.RoleKind;
        Layer = other.Layer;
        Shape = other.Shape;
        StoredAs = other.StoredAs;
        Elements = other.Elements;
        WeightsPerTensor = other.WeightsPerTensor;
        Count = other.Count;
        ExpertsPerToken = other.ExpertsPerToken;
        Experts = other.Experts;
        Quantization = other.Quantization;
        KeepsDataType = other.KeepsDataType;
        StoresInputsFirst = other.StoresInputsFirst;
    }

    /// <summary>
    /// The name in the checkpoint; a star stands for the number of an expert where <see cref="Count"/> is above one:
    /// <c>model.layers.3.mlp.experts.*.gate_proj.weight</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>The part of the model, one of <see cref="ModelPart"/>.</summary>
    public string Part => PartKind.ToString();

    /// <summary>What it does there, one of <see cref="TensorRole"/>.</summary>
    public string Role => RoleKind.ToString();

    /// <summary>The layer, from 0; null outside the layers.</summary>
    public int? Layer { get; }

    /// <summary>The lengths as stored, outermost first: [outputs, inputs] for a linear layer.</summary>
    public ReadOnlyCollection<long> Shape { get; }

    /// <summary>How its elements are stored: BF16, F8_E4M3, Q4_K, I32.</summary>
    public string DataType => StoredAs.Name;

    /// <summary>The format that its codes belong to, where the data type alone does not say it: GPTQ, NVFP4; else null.</summary>
    public string? Quantization { get; internal init; }

    /// <summary>How many tensors of this kind there are.</summary>
    public long Count { get; internal init; } = 1;

    /// <summary>The weights of the model that all of them hold.</summary>
    public long Parameters => checked(WeightsPerTensor * Count);

    /// <summary>Those of the weights that work on one token: all, but for the experts that are not chosen.</summary>
    public long ActiveParameters => Experts == 0 ? Parameters : checked((long)((decimal)Parameters * ExpertsPerToken / Experts));

    /// <summary>The bytes that all of them take.</summary>
    public long Bytes => checked(StoredAs.GetBytes(Shape) * Count);

    internal ModelPart PartKind { get; init; }

    internal TensorRole RoleKind { get; init; }

    internal DataType StoredAs { get; init; }

    /// <summary>Elements of one of them, packed codes counted as they lie.</summary>
    internal long Elements { get; }

    /// <summary>Weights of the model that one of them holds.</summary>
    internal long WeightsPerTensor { get; init; }

    /// <summary>The experts that share a layer's routed tensors; 0 for a tensor that every token passes.</summary>
    internal int Experts { get; init; }

    /// <summary>How many of them are chosen for a token.</summary>
    internal int ExpertsPerToken { get; init; }

    /// <summary>True where the checkpoint stores this tensor as it is whatever the rest is in: an F32 router bias.</summary>
    internal bool KeepsDataType { get; init; }

    /// <summary>True for a matrix that lies as [inputs, outputs]: GPT-2's, and the stacked experts of Llama 4 and gpt-oss.</summary>
    internal bool StoresInputsFirst { get; init; }

    /// <summary>True where a weight's code takes four bits or fewer, scales aside.</summary>
    internal bool HasFourBitCodes =>
        WeightsPerTensor > Elements ? Bytes * 2 <= Parameters : WeightsPerTensor > 0 && StoredAs.IsFourBitOrLess;

    /// <summary>Name, shape and type in one line.</summary>
    public override string ToString()
    {
        var shape = string.Join(" x ", Shape.Select(length => length.ToString(CultureInfo.InvariantCulture)));
        var times = Count == 1 ? string.Empty : string.Format(CultureInfo.InvariantCulture, "{0} x ", Count);
        return $"{Name}: {times}[{shape}] {DataType}, {ByteSize.FormatGB(Bytes)}";
    }

    /// <summary>The same tensor, stored in another type.</summary>
    internal ModelTensor As(DataType storedAs)
    {
        return new ModelTensor(this) { StoredAs = storedAs };
    }
}
