using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// A buffer that is planned, not allocated: best fit over a list of free blocks that is sorted by offset, the last of
/// which has no end. Its peak is the buffer's size. Source: ggml-org/llama.cpp v0.5.0, ggml/src/ggml-alloc.c
/// (ggml_dyn_tallocr). That a buffer may come in several chunks where a backend limits their size is left out: neither
/// the host nor CUDA does.
/// </summary>
internal sealed class BufferPlan
{
    private const long Endless = long.MaxValue / 2;

    private readonly List<FreeBlock> _free = [new FreeBlock(0, Endless)];
    private readonly int _alignment;
    private readonly bool _isOnGpu;

    private BufferPlan(int alignment, bool isOnGpu)
    {
        _alignment = alignment;
        _isOnGpu = isOnGpu;
    }

    /// <summary>A buffer of the host, with nothing in it (TENSOR_ALIGNMENT of ggml-cpu).</summary>
    public static BufferPlan OnHost()
    {
        return new BufferPlan(32, isOnGpu: false);
    }

    /// <summary>A buffer of a GPU, with nothing in it (ggml_backend_cuda_buffer_type_get_alignment).</summary>
    public static BufferPlan OnGpu()
    {
        return new BufferPlan(128, isOnGpu: true);
    }

    /// <summary>The bytes that were needed at most.</summary>
    public long Peak { get; private set; }

    /// <summary>What is free, as it stands.</summary>
    public FreeBlock[] Free => [.. _free];

    /// <summary>What a tensor takes here.</summary>
    /// <param name="tensor">The tensor.</param>
    public long BytesOf(GraphTensor tensor)
    {
        return _isOnGpu ? tensor.GpuBytes : tensor.Bytes;
    }

    /// <summary>Finds a place.</summary>
    /// <param name="bytes">How much is needed.</param>
    /// <returns>Its offset.</returns>
    public long Take(long bytes)
    {
        var size = Aligned(bytes);
        var index = BestFit(size);
        var block = _free[index];
        if (block.Bytes == size)
        {
            _free.RemoveAt(index);
        }
        else
        {
            _free[index] = new FreeBlock(block.Offset + size, block.Bytes - size);
        }

        Peak = System.Math.Max(Peak, block.Offset + size);
        return block.Offset;
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="offset">Where it starts.</param>
    /// <param name="bytes">How much was needed.</param>
    public void Return(long offset, long bytes)
    {
        var returned = new FreeBlock(offset, Aligned(bytes));
        for (var i = 0; i < _free.Count; i++)
        {
            if (_free[i].End == returned.Offset)
            {
                GrowUpwards(i, returned.Bytes);
                return;
            }

            if (returned.End == _free[i].Offset)
            {
                GrowDownwards(i, returned);
                return;
            }
        }

        _free.Insert(PositionOf(offset), returned);
    }

    /// <summary>Keeps the start of a place and gives the rest back.</summary>
    /// <param name="offset">Where it starts.</param>
    /// <param name="bytes">How much was needed so far.</param>
    /// <param name="kept">How much is needed now.</param>
    public void Shrink(long offset, long bytes, long kept)
    {
        var (size, remaining) = (Aligned(bytes), Aligned(kept));
        if (size > remaining)
        {
            Return(offset + remaining, size - remaining);
        }
    }

    // Of several blocks that fit equally well, the last. The endless one only where no other fits.
    private int BestFit(long size)
    {
        var best = _free.Count - 1;
        var bestBytes = long.MaxValue;
        for (var i = 0; i < _free.Count - 1; i++)
        {
            var bytes = _free[i].Bytes;
            if (bytes >= size && bytes <= bestBytes)
            {
                (best, bestBytes) = (i, bytes);
            }
        }

        return best;
    }

    private void GrowUpwards(int index, long bytes)
    {
        var block = _free[index];
        var grown = new FreeBlock(block.Offset, block.Bytes + bytes);
        if (index < _free.Count - 1 && grown.End == _free[index + 1].Offset)
        {
            grown = new FreeBlock(grown.Offset, grown.Bytes + _free[index + 1].Bytes);
            _free.RemoveAt(index + 1);
        }

        _free[index] = grown;
    }

    private void GrowDownwards(int index, FreeBlock returned)
    {
        var grown = new FreeBlock(returned.Offset, returned.Bytes + _free[index].Bytes);
        if (index > 0 && _free[index - 1].End == grown.Offset)
        {
            _free[index - 1] = new FreeBlock(_free[index - 1].Offset, _free[index - 1].Bytes + grown.Bytes);
            _free.RemoveAt(index);
        }
        else
        {
            _free[index] = grown;
        }
    }

    private int PositionOf(long offset)
    {
        var position = 0;
        while (position < _free.Count && _free[position].Offset < offset)
        {
            position++;
        }

        return position;
    }

    private long Aligned(long bytes)
    {
        return (bytes + _alignment - 1) & -_alignment;
    }
}
