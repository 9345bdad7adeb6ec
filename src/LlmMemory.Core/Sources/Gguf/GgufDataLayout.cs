using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Gguf;

/// <summary>Where the data of the tensors lies: behind the header, aligned, inside of the file, and each by itself.</summary>
internal static class GgufDataLayout
{
    /// <summary>Holds the places that a header gives against the file.</summary>
    /// <param name="buffer">The file, read up to the end of its header.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="alignment">What their offsets are multiples of.</param>
    public static void Check(GgufBuffer buffer, IReadOnlyList<GgufTensor> tensors, long alignment)
    {
        if (tensors.Count == 0)
        {
            return;
        }

        var dataStart = checked((buffer.Position + alignment - 1) / alignment * alignment);
        var room = buffer.Length - dataStart;
        GgufTensor? previous = null;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.DataOffset))
        {
            CheckPlace(buffer.Source, tensor, alignment, room);
            if (previous is not null && previous.DataOffset + previous.Bytes > tensor.DataOffset)
            {
                throw GgufError.Invalid(
                    buffer.Source,
                    tensor.HeaderOffset,
                    $"the data of {Quoted.Value(tensor.Name)} overlaps that of {Quoted.Value(previous.Name)}");
            }

            previous = tensor;
        }
    }

    private static void CheckPlace(string source, GgufTensor tensor, long alignment, long room)
    {
        if (tensor.DataOffset % alignment != 0)
        {
            throw GgufError.Invalid(
                source,
                tensor.HeaderOffset,
                $"the data of {Quoted.Value(tensor.Name)} starts at {tensor.DataOffset}, which is no multiple of the alignment {alignment}");
        }

        if (tensor.DataOffset > room || tensor.Bytes > room - tensor.DataOffset)
        {
            throw GgufError.Invalid(
                source,
                tensor.HeaderOffset,
                $"the data of {Quoted.Value(tensor.Name)}, {tensor.Bytes} bytes from {tensor.DataOffset} on, ends outside of the file, "
                + $"which has {(room < 0 ? 0 : room)} bytes of data");
        }
    }
}
