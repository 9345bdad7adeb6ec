using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>A cache as llama.cpp's log describes it: <c>size = 832.00 MiB (8192 cells, 26 layers, 4/1 seqs)</c>.</summary>
public sealed class LlamaCppCache
{
    internal LlamaCppCache(string name, long cells, int streams, int layers, long keyBytes, long valueBytes)
    {
        Name = name;
        Cells = cells;
        Streams = streams;
        Layers = layers;
        KeyBytes = keyBytes;
        ValueBytes = valueBytes;
    }

    /// <summary>Which cache: Full, SlidingWindow, Indexer.</summary>
    public string Name { get; }

    /// <summary>The tokens that a stream has room for.</summary>
    public long Cells { get; }

    /// <summary>The streams: one that all slots share, or one for each.</summary>
    public int Streams { get; }

    /// <summary>The layers that it has keys of.</summary>
    public int Layers { get; }

    /// <summary>The bytes of the keys.</summary>
    public long KeyBytes { get; }

    /// <summary>The bytes of the values; 0 where they are a part of the keys.</summary>
    public long ValueBytes { get; }

    /// <summary>Cells, layers and size in one line.</summary>
    public override string ToString()
    {
        return $"{Name}: {Cells} cells x {Streams}, {Layers} layers, {ByteSize.FormatGB(KeyBytes + ValueBytes)}";
    }
}
