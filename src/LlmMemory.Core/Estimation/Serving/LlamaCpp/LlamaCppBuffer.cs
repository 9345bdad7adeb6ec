using System;
using System.Globalization;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>A buffer that llama.cpp keeps on a device.</summary>
public sealed class LlamaCppBuffer
{
    private readonly Func<string> _formula;

    internal LlamaCppBuffer(LlamaCppBufferKind kind, string name, int device, long bytes, Func<string> formula, string source)
    {
        Kind = kind;
        Name = name;
        Gpu = device == LlamaCppPlacement.Host ? null : device;
        Bytes = bytes;
        _formula = formula;
        Source = source;
    }

    /// <summary>What it holds.</summary>
    public LlamaCppBufferKind Kind { get; }

    /// <summary>What it is called: <c>Weights</c>, <c>Draft: KV cache</c>.</summary>
    public string Name { get; }

    /// <summary>The GPU that it lies on, from 0; null for the host.</summary>
    public int? Gpu { get; }

    /// <summary>The device in a word: Host, GPU0.</summary>
    public string Device => Gpu is { } gpu ? string.Format(CultureInfo.InvariantCulture, "GPU{0}", gpu) : "Host";

    /// <summary>Its size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double GiB => ByteSize.ToGiB(Bytes);

    /// <summary>How its size comes about. Written only when it is read.</summary>
    public string Formula => _formula();

    /// <summary>Where the formula comes from.</summary>
    public string Source { get; }

    /// <summary>True where llama.cpp logs the buffer under its size.</summary>
    public bool IsLogged => Kind != LlamaCppBufferKind.Overhead;

    /// <summary>Name, device and size in one line.</summary>
    public override string ToString()
    {
        return $"{Name} ({Device}): {ByteSize.FormatGB(Bytes)}";
    }

    /// <summary>The same buffer as one of another model.</summary>
    /// <param name="owner">What the other model is.</param>
    internal LlamaCppBuffer Of(string owner)
    {
        return new LlamaCppBuffer(Kind, $"{owner}: {Name}", Gpu ?? LlamaCppPlacement.Host, Bytes, _formula, Source);
    }
}
