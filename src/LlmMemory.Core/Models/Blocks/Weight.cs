using System.Collections.Generic;
using LlmMemory.DataTypes;

namespace LlmMemory.Models.Blocks;

/// <summary>A tensor of its own: an embedding, a table of positions, a scalar.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Name">Its full name after the prefix.</param>
/// <param name="Shape">Its lengths, outermost first.</param>
public sealed record Weight(TensorRole Role, string Name, params IReadOnlyList<long> Shape) : Block
{
    /// <summary>How it is stored whatever the model is in; null where it is stored as the model.</summary>
    public DataType? StoredAs { get; init; }

    internal override void WriteTensors(TensorScope scope)
    {
        scope.AddStoredAs(StoredAs, Role, Name, [.. Shape]);
    }
}
