using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text;
using LlmMemory.Core.Tests.Gguf;

namespace LlmMemory.Core.Tests.Safetensors;

/// <summary>Writes safetensors files of any size: the header is real, the data is a hole.</summary>
internal sealed class SafetensorsBuilder
{
    private static readonly Dictionary<string, int> Bits = new(StringComparer.Ordinal)
    {
        ["F64"] = 64, ["I64"] = 64, ["U64"] = 64, ["C64"] = 64, ["F32"] = 32, ["I32"] = 32, ["U32"] = 32, ["F16"] = 16,
        ["BF16"] = 16, ["I16"] = 16, ["U16"] = 16, ["I8"] = 8, ["U8"] = 8, ["BOOL"] = 8, ["F8_E4M3"] = 8, ["F8_E5M2"] = 8,
        ["F8_E8M0"] = 8, ["F6_E2M3"] = 6, ["F6_E3M2"] = 6, ["F4"] = 4,
    };

    private readonly List<string> _entries = [];

    public static IEnumerable<string> DataTypes => Bits.Keys;

    public long DataLength { get; private set; }

    public SafetensorsBuilder Add(string name, string dataType, params long[] shape)
    {
        var bytes = (long)(shape.Aggregate(BigInteger.One, (product, length) => product * length) * Bits[dataType] / 8);
        Raw($"\"{name}\":{{\"dtype\":\"{dataType}\",\"shape\":[{Join(shape)}],\"data_offsets\":[{DataLength},{DataLength + bytes}]}}");
        DataLength += bytes;
        return this;
    }

    /// <summary>Adds a member of the header as it is written here.</summary>
    public SafetensorsBuilder Raw(string entry)
    {
        _entries.Add(entry);
        return this;
    }

    public byte[] Header()
    {
        return WithLength("{" + string.Join(",", _entries) + "}");
    }

    public HoleStream ToStream()
    {
        var header = Header();
        return new HoleStream(header, header.Length + DataLength);
    }

    public void Save(string path)
    {
        var header = Header();
        using var file = File.Create(path);
        file.Write(header);
        file.SetLength(header.Length + DataLength);
    }

    public static byte[] WithLength(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return [.. BitConverter.GetBytes((ulong)bytes.Length), .. bytes];
    }

    private static string Join(long[] shape)
    {
        return string.Join(",", shape.Select(length => length.ToString(CultureInfo.InvariantCulture)));
    }
}
