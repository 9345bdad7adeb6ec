using System.Collections.Generic;
using LlmMemory.DataTypes;

namespace LlmMemory.Sources.Safetensors;

/// <summary>One tensor as a header describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">How its elements are stored.</param>
/// <param name="Shape">Its lengths, outermost first; none for a scalar.</param>
/// <param name="Start">Where its data starts, counted from the end of the header.</param>
/// <param name="End">Where its data ends.</param>
/// <param name="HeaderOffset">The byte of the file at which its description starts.</param>
internal sealed record SafetensorsTensor(
    string Name, DataType DataType, IReadOnlyList<long> Shape, long Start, long End, long HeaderOffset)
{
    /// <summary>The bytes of its data.</summary>
    public long Bytes => End - Start;
}
