using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Json;

namespace LlmMemory.Sources.Safetensors;

/// <summary>Reads the JSON of a header, token by token: a tree of 200,000 tensors would cost more than the tensors.</summary>
internal sealed class SafetensorsHeaderReader
{
    private const string MetadataName = "__metadata__";

    private const string DataTypeField = "dtype";

    private const string ShapeField = "shape";

    private const string PlaceField = "data_offsets";

    private readonly JsonTokenizer _json;
    private readonly long _start;
    private readonly string _source;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<long> _numbers = new(SafetensorsLimits.Dimensions);

    /// <summary>Stands before the header.</summary>
    /// <param name="header">The header's bytes.</param>
    /// <param name="start">Where the header starts in the file.</param>
    /// <param name="source">What the file is called in messages.</param>
    public SafetensorsHeaderReader(byte[] header, long start, string source)
    {
        _json = new JsonTokenizer(header, 0, header.Length);
        _start = start;
        _source = source;
    }

    /// <summary>Reads all tensors; where their data lies is not yet held against the file.</summary>
    /// <exception cref="JsonFormatException">The header is no JSON.</exception>
    public List<SafetensorsTensor> Read()
    {
        var tensors = new List<SafetensorsTensor>();
        Expect(JsonTokenKind.ObjectStart, "the header");
        while (_json.Read() && _json.Kind == JsonTokenKind.Name)
        {
            var offset = _start + _json.Offset;
            var name = ReadName(offset);
            if (name == MetadataName)
            {
                ReadMetadata();
                continue;
            }

            tensors.Add(tensors.Count < SafetensorsLimits.Tensors
                ? ReadTensor(name, offset)
                : throw Invalid(offset, $"the header goes on after {SafetensorsLimits.Tensors} tensors, and no real one has so many"));
        }

        // Nothing but blanks may follow.
        _json.Read();
        return tensors;
    }

    private string ReadName(long offset)
    {
        var name = _json.GetText();
        if (name.Length is 0 or > SafetensorsLimits.NameLength)
        {
            throw Invalid(offset, $"a tensor's name has {name.Length} letters; a good one has 1 to {SafetensorsLimits.NameLength}");
        }

        return _names.Add(name) ? name : throw Invalid(offset, $"{Quoted.Value(name)} comes a second time");
    }

    // Texts by name, of no use for memory; held to the format all the same.
    private void ReadMetadata()
    {
        Expect(JsonTokenKind.ObjectStart, MetadataName);
        while (_json.Read() && _json.Kind == JsonTokenKind.Name)
        {
            Expect(JsonTokenKind.Text, MetadataName);
        }
    }

    private SafetensorsTensor ReadTensor(string name, long offset)
    {
        DataType? dataType = null;
        long[]? shape = null;
        long[]? place = null;
        Expect(JsonTokenKind.ObjectStart, name);
        while (_json.Read() && _json.Kind == JsonTokenKind.Name)
        {
            if (_json.IsText(DataTypeField))
            {
                dataType = Once(dataType, name, DataTypeField, ReadDataType(name));
            }
            else if (_json.IsText(ShapeField))
            {
                shape = Once(shape, name, ShapeField, ReadNumbers(name, ShapeField));
            }
            else if (_json.IsText(PlaceField))
            {
                place = Once(place, name, PlaceField, ReadNumbers(name, PlaceField));
            }
            else
            {
                _json.Skip();
            }
        }

        return dataType is not null && shape is not null && place is { Length: 2 }
            ? Checked(new SafetensorsTensor(name, dataType, shape, place[0], place[1], offset))
            : throw Invalid(offset, $"{Quoted.Value(name)} needs a dtype, a shape, and data_offsets of two numbers");
    }

    private T Once<T>(T? before, string name, string field, T value)
        where T : class
    {
        return before is null ? value : throw Invalid(_start + _json.Offset, $"{Quoted.Value(name)} has its {field} twice");
    }

    private DataType ReadDataType(string name)
    {
        Expect(JsonTokenKind.Text, name);
        var text = _json.GetText();
        return SafetensorsDataTypes.TryFind(text, out var dataType)
            ? dataType
            : throw Invalid(_start + _json.Offset, $"{Quoted.Value(name)} has the type {Quoted.Value(text)}, and none is known by that name");
    }

    private long[] ReadNumbers(string name, string field)
    {
        _numbers.Clear();
        Expect(JsonTokenKind.ArrayStart, name);
        while (_json.Read() && _json.Kind != JsonTokenKind.ArrayEnd)
        {
            if (_numbers.Count == SafetensorsLimits.Dimensions || !_json.TryGetInt64(out var number) || number < 0)
            {
                throw Invalid(
                    _start + _json.Offset,
                    $"the {field} of {Quoted.Value(name)} should be up to {SafetensorsLimits.Dimensions} whole numbers from 0 up");
            }

            _numbers.Add(number);
        }

        return [.. _numbers];
    }

    private SafetensorsTensor Checked(SafetensorsTensor tensor)
    {
        if (tensor.End < tensor.Start)
        {
            throw Invalid(tensor.HeaderOffset, $"the data of {Quoted.Value(tensor.Name)} ends at {tensor.End}, before it starts at {tensor.Start}");
        }

        var bytes = BytesOf(tensor);
        return bytes == tensor.Bytes
            ? tensor
            : throw Invalid(
                tensor.HeaderOffset,
                $"{Quoted.Value(tensor.Name)} has the shape [{string.Join(", ", tensor.Shape)}] of {tensor.DataType}, "
                + $"which is {bytes} bytes, and its data_offsets span {tensor.Bytes}");
    }

    private long BytesOf(SafetensorsTensor tensor)
    {
        try
        {
            return tensor.DataType.GetBytes(tensor.Shape);
        }
        catch (OverflowException overflow)
        {
            throw SafetensorsError.Invalid(
                _source,
                tensor.HeaderOffset,
                $"{Quoted.Value(tensor.Name)} of [{string.Join(", ", tensor.Shape)}] has more bytes than 64 bits count",
                overflow);
        }
    }

    private void Expect(JsonTokenKind kind, string where)
    {
        _json.Read();
        if (_json.Kind != kind)
        {
            throw Invalid(_start + _json.Offset, $"{Quoted.Value(where)} should go on with {Shown(kind)}");
        }
    }

    private static string Shown(JsonTokenKind kind)
    {
        return kind switch
        {
            JsonTokenKind.ObjectStart => "an object in braces",
            JsonTokenKind.ArrayStart => "a list in brackets",
            _ => "a text in quotation marks",
        };
    }

    private LlmMemoryException Invalid(long offset, string reason)
    {
        return SafetensorsError.Invalid(_source, offset, reason);
    }
}
