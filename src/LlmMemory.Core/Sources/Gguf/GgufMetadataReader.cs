using System;
using System.Collections.Generic;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Gguf;

/// <summary>Reads the metadata of a header: keys, and of the values what is worth keeping.</summary>
internal sealed class GgufMetadataReader
{
    // A key has a length, a character and a type, and its value a byte.
    private const int SmallestPair = 8 + 1 + 4 + 1;

    private readonly GgufBuffer _buffer;
    private int _keptNumbers;

    /// <summary>Reads from a buffer that stands before the first key.</summary>
    /// <param name="buffer">The buffer.</param>
    public GgufMetadataReader(GgufBuffer buffer)
    {
        _buffer = buffer;
    }

    /// <summary>Reads all pairs.</summary>
    /// <param name="count">How many the header claims.</param>
    /// <param name="countOffset">Where it claims so.</param>
    public Dictionary<string, GgufValue> Read(ulong count, long countOffset)
    {
        if (count > GgufLimits.Pairs || (long)count * SmallestPair > _buffer.Remaining)
        {
            throw Invalid(
                countOffset,
                $"the header claims {count} metadata pairs; no real one has more than {GgufLimits.Pairs}, "
                + $"and {_buffer.Remaining} bytes are left for them");
        }

        var pairs = new Dictionary<string, GgufValue>(StringComparer.Ordinal);
        for (var i = 0; i < (int)count; i++)
        {
            var start = _buffer.Position;
            var key = _buffer.ReadText("a key", GgufLimits.KeyBytes);
            if (key.Length == 0 || pairs.ContainsKey(key))
            {
                throw Invalid(start, key.Length == 0 ? "a key is empty" : $"the key {Quoted.Value(key)} comes a second time");
            }

            pairs.Add(key, ReadValue(ReadType(key), key, 0));
        }

        return pairs;
    }

    private GgufValueType ReadType(string key)
    {
        var start = _buffer.Position;
        var number = _buffer.ReadUInt32();
        return number <= (uint)GgufValueType.Float64
            ? (GgufValueType)number
            : throw Invalid(start, $"{Quoted.Value(key)} has the value type {number}, and there are 0 to 12");
    }

    private GgufValue ReadValue(GgufValueType type, string key, int depth)
    {
        if (type == GgufValueType.Array)
        {
            return ReadArray(key, depth + 1);
        }

        return new GgufValue(type, type switch
        {
            GgufValueType.UInt8 => (long)_buffer.ReadByte(),
            GgufValueType.Int8 => (long)unchecked((sbyte)_buffer.ReadByte()),
            GgufValueType.UInt16 => (long)_buffer.ReadUInt16(),
            GgufValueType.Int16 => (long)unchecked((short)_buffer.ReadUInt16()),
            GgufValueType.UInt32 => (long)_buffer.ReadUInt32(),
            GgufValueType.Int32 => (long)unchecked((int)_buffer.ReadUInt32()),
            GgufValueType.Float32 => BitConverter.ToSingle(BitConverter.GetBytes(_buffer.ReadUInt32()), 0),
            GgufValueType.Bool => ReadBool(key),
            GgufValueType.Text => _buffer.ReadTextIfShort(GgufLimits.KeptTextBytes),
            GgufValueType.UInt64 => ReadUInt64(),
            GgufValueType.Int64 => unchecked((long)_buffer.ReadUInt64()),
            _ => BitConverter.Int64BitsToDouble(unchecked((long)_buffer.ReadUInt64())),
        });
    }

    private bool ReadBool(string key)
    {
        var start = _buffer.Position;
        var value = _buffer.ReadByte();
        return value <= 1 ? value == 1 : throw Invalid(start, $"{Quoted.Value(key)} is a truth value of {value}, and can be 0 or 1");
    }

    // What no signed number holds is no count, length or number of anything: it is read, and nobody can use it.
    private long? ReadUInt64()
    {
        var value = _buffer.ReadUInt64();
        return value <= long.MaxValue ? (long)value : null;
    }

    private GgufValue ReadArray(string key, int depth)
    {
        var start = _buffer.Position;
        if (depth > GgufLimits.ArrayDepth)
        {
            throw Invalid(start, $"{Quoted.Value(key)} has arrays in arrays, more than {GgufLimits.ArrayDepth} deep");
        }

        var type = ReadType(key);
        var countOffset = _buffer.Position;
        var count = _buffer.ReadUInt64();
        if (count > (ulong)(_buffer.Remaining / SmallestElement(type)))
        {
            throw Invalid(countOffset, $"{Quoted.Value(key)} claims {count} values, and {_buffer.Remaining} bytes are left of the file");
        }

        return ReadItems(type, key, (long)count, countOffset, depth);
    }

    private GgufValue ReadItems(GgufValueType type, string key, long count, long countOffset, int depth)
    {
        switch (type)
        {
            case GgufValueType.Text when count > GgufLimits.ArrayTexts:
                throw Invalid(
                    countOffset, $"{Quoted.Value(key)} claims {count} texts; no real array has more than {GgufLimits.ArrayTexts}");
            case GgufValueType.Text:
                _buffer.SkipTexts(count);
                return new GgufValue(count, null);
            case GgufValueType.Array:
                SkipArrays(key, count, countOffset, depth);
                return new GgufValue(count, null);
            case var _ when count > GgufLimits.KeptArrayLength:
                _buffer.Skip(checked(count * SmallestElement(type)));
                return new GgufValue(count, null);
            default:
                return new GgufValue(count, ReadNumbers(type, key, (int)count, countOffset));
        }
    }

    private List<GgufValue> ReadNumbers(GgufValueType type, string key, int count, long countOffset)
    {
        _keptNumbers += count;
        if (_keptNumbers > GgufLimits.KeptNumbers)
        {
            throw Invalid(
                countOffset, $"the short arrays up to {Quoted.Value(key)} have {_keptNumbers} numbers; real files have some thousands");
        }

        var items = new List<GgufValue>(count);
        for (var i = 0; i < count; i++)
        {
            items.Add(ReadValue(type, key, 0));
        }

        return items;
    }

    private void SkipArrays(string key, long count, long countOffset, int depth)
    {
        if (count > GgufLimits.KeptArrayLength)
        {
            throw Invalid(countOffset, $"{Quoted.Value(key)} claims {count} arrays; no real file has arrays in arrays at all");
        }

        for (var i = 0L; i < count; i++)
        {
            _ = ReadArray(key, depth + 1);
        }
    }

    private static int SmallestElement(GgufValueType type)
    {
        return type switch
        {
            GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
            GgufValueType.UInt16 or GgufValueType.Int16 => 2,
            GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
            GgufValueType.Array => 4 + 8,
            _ => 8,
        };
    }

    private LlmMemoryException Invalid(long offset, string reason)
    {
        return GgufError.Invalid(_buffer.Source, offset, reason);
    }
}
