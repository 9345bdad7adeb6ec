using System.Collections.Generic;
using LlmMemory.DataTypes;

namespace LlmMemory.Sources.Gguf;

/// <summary>What a file says about one of its tensors.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its lengths, outermost first: the other way round than in the file.</param>
/// <param name="DataType">How its elements are stored.</param>
/// <param name="DataOffset">Where its data starts, counted from the start of the data.</param>
/// <param name="Bytes">The bytes of its data.</param>
/// <param name="HeaderOffset">Where the file says all this, for messages.</param>
internal sealed record GgufTensor(
    string Name, IReadOnlyList<long> Shape, DataType DataType, long DataOffset, long Bytes, long HeaderOffset);
