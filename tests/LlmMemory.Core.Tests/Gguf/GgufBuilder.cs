using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>Writes GGUF headers, good ones and bad ones, from ggml's description of the format.</summary>
internal sealed class GgufBuilder
{
    private readonly List<byte[]> _pairs = [];
    private readonly List<byte[]> _tensors = [];

    public uint Version { get; init; } = 3;

    public ulong? ClaimedPairs { get; init; }

    public ulong? ClaimedTensors { get; init; }

    /// <summary>Where the next tensor's data goes.</summary>
    public long DataLength { get; private set; }

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. BitConverter.GetBytes((ulong)bytes.Length), .. bytes];
    }

    public GgufBuilder Raw(string key, uint type, params byte[] value)
    {
        _pairs.Add([.. Text(key), .. BitConverter.GetBytes(type), .. value]);
        return this;
    }

    public GgufBuilder Add(string key, string value)
    {
        return Raw(key, 8, Text(value));
    }

    public GgufBuilder Add(string key, uint value)
    {
        return Raw(key, 4, BitConverter.GetBytes(value));
    }

    public GgufBuilder Add(string key, bool value)
    {
        return Raw(key, 7, value ? (byte)1 : (byte)0);
    }

    public GgufBuilder Add(string key, params uint[] values)
    {
        var bytes = new List<byte>(BitConverter.GetBytes(4u));
        bytes.AddRange(BitConverter.GetBytes((ulong)values.Length));
        foreach (var value in values)
        {
            bytes.AddRange(BitConverter.GetBytes(value));
        }

        return Raw(key, 9, [.. bytes]);
    }

    public GgufBuilder Add(string key, IReadOnlyCollection<string> values)
    {
        using var memory = new MemoryStream();
        memory.Write(BitConverter.GetBytes(8u));
        memory.Write(BitConverter.GetBytes((ulong)values.Count));
        foreach (var value in values)
        {
            memory.Write(Text(value));
        }

        return Raw(key, 9, memory.ToArray());
    }

    /// <summary>A tensor at the next free place; lengths innermost first, as in the file.</summary>
    public GgufBuilder Tensor(string name, uint type, long bytes, params long[] lengths)
    {
        var offset = DataLength;
        DataLength += (bytes + 31) / 32 * 32;
        return TensorAt(name, type, (ulong)offset, Array.ConvertAll(lengths, length => (ulong)length));
    }

    public GgufBuilder TensorAt(string name, uint type, ulong offset, params ulong[] lengths)
    {
        var bytes = new List<byte>(Text(name));
        bytes.AddRange(BitConverter.GetBytes((uint)lengths.Length));
        foreach (var length in lengths)
        {
            bytes.AddRange(BitConverter.GetBytes(length));
        }

        bytes.AddRange(BitConverter.GetBytes(type));
        bytes.AddRange(BitConverter.GetBytes(offset));
        _tensors.Add([.. bytes]);
        return this;
    }

    /// <summary>The header, filled up to where the data starts.</summary>
    public byte[] Header()
    {
        using var memory = new MemoryStream();
        memory.Write("GGUF"u8);
        memory.Write(BitConverter.GetBytes(Version));
        memory.Write(BitConverter.GetBytes(ClaimedTensors ?? (ulong)_tensors.Count));
        memory.Write(BitConverter.GetBytes(ClaimedPairs ?? (ulong)_pairs.Count));
        _pairs.ForEach(pair => memory.Write(pair));
        _tensors.ForEach(tensor => memory.Write(tensor));
        if (_tensors.Count > 0)
        {
            memory.Write(new byte[(32 - (memory.Length % 32)) % 32]);
        }

        return memory.ToArray();
    }

    /// <summary>The file, its data a hole.</summary>
    public HoleStream File()
    {
        var header = Header();
        return new HoleStream(header, header.Length + DataLength);
    }
}
