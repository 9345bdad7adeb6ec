using System.Collections.Generic;
using LlmMemory.DataTypes;

namespace LlmMemory.Adapters;

/// <summary>A tensor that a method puts beside one module, or into a model, before it has its full name.</summary>
/// <param name="Name">The name after the module's path.</param>
/// <param name="Shape">The lengths, outermost first.</param>
internal sealed record AdapterPart(string Name, params IReadOnlyList<long> Shape)
{
    /// <summary>What is done with it.</summary>
    public AdapterTensorUse Use { get; init; } = AdapterTensorUse.Trained;

    /// <summary>True where it is written to the adapter's checkpoint.</summary>
    public bool IsSaved { get; init; } = true;

    /// <summary>How it is stored whatever the adapter is in; null where it is stored as the adapter.</summary>
    public DataType? StoredAs { get; init; }

    /// <summary>The same tensor, frozen.</summary>
    public AdapterPart Frozen()
    {
        return this with { Use = AdapterTensorUse.Frozen };
    }

    /// <summary>A tensor that is in memory alone.</summary>
    public AdapterPart AsBuffer(bool isSaved = false)
    {
        return this with { Use = AdapterTensorUse.Buffer, IsSaved = isSaved };
    }
}
