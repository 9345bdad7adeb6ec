using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Gguf;

/// <summary>Reads what a header says about its tensors.</summary>
internal sealed class GgufTensorReader
{
    // A name has a length and a character; a count of lengths, a length, a type and an offset follow.
    private const int SmallestTensor = 8 + 1 + 4 + 8 + 4 + 8;

    private readonly GgufBuffer _buffer;

    /// <summary>Reads from a buffer that stands before the first tensor's name.</summary>
    /// <param name="buffer">The buffer.</param>
    public GgufTensorReader(GgufBuffer buffer)
    {
        _buffer = buffer;
    }

    /// <summary>The error of a header that claims more tensors than it can have; null for a good count.</summary>
    /// <param name="buffer">The buffer, after the count.</param>
    /// <param name="count">How many the header claims.</param>
    /// <param name="countOffset">Where it claims so.</param>
    public static void Check(GgufBuffer buffer, ulong count, long countOffset)
    {
        if (count > GgufLimits.Tensors || (long)count * SmallestTensor > buffer.Remaining)
        {
            throw GgufError.Invalid(
                buffer.Source,
                countOffset,
                $"the header claims {count} tensors; no real file has more than {GgufLimits.Tensors}, "
                + $"and {buffer.Remaining} bytes are left of the file");
        }
    }

    /// <summary>Reads all tensors; where their data lies is not yet held against the file.</summary>
    /// <param name="count">How many there are.</param>
    public List<GgufTensor> Read(int count)
    {
        var tensors = new List<GgufTensor>(count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var tensor = ReadTensor();
            tensors.Add(names.Add(tensor.Name)
                ? tensor
                : throw Invalid(tensor.HeaderOffset, $"the tensor {Quoted.Value(tensor.Name)} comes a second time"));
        }

        return tensors;
    }

    private GgufTensor ReadTensor()
    {
        var start = _buffer.Position;
        var name = _buffer.ReadText("a tensor's name", GgufLimits.NameBytes);
        if (name.Length == 0)
        {
            throw Invalid(start, "a tensor has no name");
        }

        var shape = ReadShape(name);
        var dataType = ReadDataType(name);
        var rowLength = shape.Length == 0 ? 1 : shape[shape.Length - 1];
        if (rowLength % dataType.BlockWeights != 0)
        {
            throw Invalid(
                start, $"{Quoted.Value(name)} has rows of {rowLength}, which blocks of {dataType.BlockWeights} ({dataType}) do not fill");
        }

        var offsetPosition = _buffer.Position;
        var dataOffset = _buffer.ReadUInt64();
        return dataOffset <= long.MaxValue
            ? new GgufTensor(name, shape, dataType, (long)dataOffset, BytesOf(name, shape, dataType, start), start)
            : throw Invalid(offsetPosition, $"the data of {Quoted.Value(name)} starts at {dataOffset}, beyond any file");
    }

    private long[] ReadShape(string name)
    {
        var start = _buffer.Position;
        var dimensions = _buffer.ReadUInt32();
        if (dimensions > GgufLimits.Dimensions)
        {
            throw Invalid(start, $"{Quoted.Value(name)} claims {dimensions} dimensions, and a tensor has up to {GgufLimits.Dimensions}");
        }

        // The file has the innermost length first.
        var shape = new long[dimensions];
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            var position = _buffer.Position;
            var length = _buffer.ReadUInt64();
            shape[i] = length is > 0 and <= long.MaxValue
                ? (long)length
                : throw Invalid(position, $"{Quoted.Value(name)} has a length of {length}");
        }

        return shape;
    }

    private DataType ReadDataType(string name)
    {
        var start = _buffer.Position;
        var number = _buffer.ReadUInt32();
        if (GgufTypeNumbers.TryFind(number, out var dataType))
        {
            return dataType;
        }

        throw GgufError.Unsupported(
            _buffer.Source,
            start,
            GgufTypeNumbers.RemovedName(number) is { } removed
                ? $"the tensor {Quoted.Value(name)} is in {removed} (type {number}), which ggml no longer reads. "
                + "Quantise the model again, to Q4_0 for example: engines repack that when they load it."
                : $"the tensor {Quoted.Value(name)} has the type {number}, and none is known by that number. "
                + "The file may be damaged, or newer than this module.");
    }

    private long BytesOf(string name, IReadOnlyList<long> shape, DataType dataType, long start)
    {
        try
        {
            return dataType.GetBytes(shape);
        }
        catch (OverflowException overflow)
        {
            throw GgufError.Invalid(
                _buffer.Source, start, $"{Quoted.Value(name)} of {string.Join(" x ", shape)} has more bytes than 64 bits count", overflow);
        }
    }

    private LlmMemoryException Invalid(long offset, string reason)
    {
        return GgufError.Invalid(_buffer.Source, offset, reason);
    }
}
