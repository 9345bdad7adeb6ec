using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// Whether two rounds of layers left the buffers alike: the same stretches free, and the tensor that goes on to the next
/// round in the same place. Nothing else goes from one layer to the next but inputs, which keep their places.
/// </summary>
internal sealed class BufferRounds
{
    private readonly IReadOnlyList<BufferPlan> _buffers;
    private FreeBlock[][]? _before;
    private GraphTensor? _last;

    /// <summary>Watches buffers.</summary>
    /// <param name="buffers">The buffers.</param>
    public BufferRounds(IReadOnlyList<BufferPlan> buffers)
    {
        _buffers = buffers;
    }

    /// <summary>True where the last two rounds left the buffers alike.</summary>
    public bool AreAlike { get; private set; }

    /// <summary>Looks at the buffers after a round.</summary>
    /// <param name="last">The tensor that goes on.</param>
    public void End(GraphTensor last)
    {
        FreeBlock[][] now = [.. _buffers.Select(buffer => buffer.Free)];
        AreAlike = _before is not null
            && last is { IsAllocated: true, IsOutput: false }
            && _last!.Buffer == last.Buffer
            && _last.Offset == last.Offset
            && now.Zip(_before, (after, before) => after.SequenceEqual(before)).All(isAlike => isAlike);
        (_before, _last) = (now, last);
    }
}
