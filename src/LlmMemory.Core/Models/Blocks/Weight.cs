using System.Collections.Generic;

namespace LlmMemory.Models.Blocks;

/// <summary>A tensor of its own: an embedding, a table of positions, a scalar.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Name">Its full name after the prefix.</param>
/// <param name="Shape">Its lengths, outermost first.</param>
public sealed record Weight(TensorRole Role, string Name, params IReadOnlyList<long> Shape) : Block
{
    internal override void WriteTensors(TensorScope scope)
    {
        scope.Add(Role, Name, [.. Shape]);
    }
}
