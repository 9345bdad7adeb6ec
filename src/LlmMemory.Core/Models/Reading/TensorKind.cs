using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;

namespace LlmMemory.Models.Reading;

/// <summary>What a tensor of a checkpoint is, but for the number of its expert. Those of one kind are counted, not kept.</summary>
/// <param name="pattern">Its name, the number of an expert replaced by a star.</param>
/// <param name="dataType">How its elements are stored.</param>
/// <param name="shape">Its lengths.</param>
/// <param name="isScale">True for what is no weight.</param>
/// <param name="packed">What its codes hold, null for plain weights.</param>
internal sealed class TensorKind(string pattern, DataType dataType, IReadOnlyList<long> shape, bool isScale, PackedWeight? packed)
    : IEquatable<TensorKind>
{
    private readonly string _pattern = pattern;
    private readonly DataType _dataType = dataType;
    private readonly IReadOnlyList<long> _shape = shape;

    /// <summary>True for what is no weight.</summary>
    public bool IsScale { get; } = isScale;

    /// <summary>What its codes hold, null for plain weights.</summary>
    public PackedWeight? Packed { get; } = packed;

    public bool Equals(TensorKind? other)
    {
        return other is not null
            && _pattern == other._pattern
            && _dataType == other._dataType
            && IsScale == other.IsScale
            && Packed == other.Packed
            && _shape.SequenceEqual(other._shape);
    }

    public override bool Equals(object? obj)
    {
        return Equals(obj as TensorKind);
    }

    public override int GetHashCode()
    {
        unchecked
        {
            // Two of one name differ in their lengths if in anything.
            return _shape.Aggregate(StringComparer.Ordinal.GetHashCode(_pattern), (hash, length) => (hash * 31) + length.GetHashCode());
        }
    }
}
