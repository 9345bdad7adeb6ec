using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models;
using LlmMemory.Quantities;

namespace LlmMemory.Adapters;

/// <summary>A tensor that an adapter brings, or several alike (those of a layer's experts).</summary>
public sealed class AdapterTensor
{
    internal AdapterTensor(string name, TargetModule? target, AdapterPart part, DataType storedAs)
    {
        Name = name;
        Target = target?.Path;
        TargetTensor = target?.Weight;
        InputSize = target?.Inputs;
        OutputSize = target?.Outputs;
        Rank = target is { Rank: > 0 } ? target.Rank : null;
        Count = target?.Count ?? 1;
        Shape = new ReadOnlyCollection<long>(part.Shape as IList<long> ?? [.. part.Shape]);
        Use = part.Use;
        IsSaved = part.IsSaved;
        StoredAs = storedAs;
    }

    /// <summary>
    /// The name in adapter_model.safetensors, or that which it would have there; a star stands for the number of an
    /// expert where <see cref="Count"/> is above one.
    /// </summary>
    public string Name { get; }

    /// <summary>The path of the module that it stands beside; null for the tokens of a prompt.</summary>
    public string? Target { get; }

    /// <summary>The base model's weight that it stands beside; null for the tokens of a prompt.</summary>
    public ModelTensor? TargetTensor { get; }

    /// <summary>The length of what goes into that module; null without one.</summary>
    public long? InputSize { get; }

    /// <summary>The length of what comes out of it; null without one.</summary>
    public long? OutputSize { get; }

    /// <summary>The rank; null for methods without one.</summary>
    public int? Rank { get; }

    /// <summary>The lengths, outermost first.</summary>
    public ReadOnlyCollection<long> Shape { get; }

    /// <summary>How many tensors of this kind there are.</summary>
    public long Count { get; }

    /// <summary>What is done with it.</summary>
    public AdapterTensorUse Use { get; }

    /// <summary>True where it is written to the adapter's checkpoint.</summary>
    public bool IsSaved { get; }

    /// <summary>The elements of all of them.</summary>
    public long Elements => Shape.Aggregate(Count, (product, length) => checked(product * length));

    /// <summary>The parameters of all of them, as PEFT counts them: a buffer has none.</summary>
    public long Parameters => Use == AdapterTensorUse.Buffer ? 0 : Elements;

    /// <summary>How its elements are stored.</summary>
    public string DataType => StoredAs.Name;

    /// <summary>The bytes that all of them take.</summary>
    public long Bytes => checked(StoredAs.GetBytes(Shape) * Count);

    internal DataType StoredAs { get; }

    /// <summary>Name, shape and type in one line.</summary>
    public override string ToString()
    {
        var shape = string.Join(" x ", Shape.Select(length => length.ToString(CultureInfo.InvariantCulture)));
        var times = Count == 1 ? string.Empty : string.Format(CultureInfo.InvariantCulture, "{0} x ", Count);
        return $"{Name}: {times}[{shape}] {DataType}, {ByteSize.FormatGB(Bytes)}";
    }
}
