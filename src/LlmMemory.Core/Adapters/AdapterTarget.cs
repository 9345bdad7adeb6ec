using LlmMemory.Quantities;

namespace LlmMemory.Adapters;

/// <summary>Modules of one name, length and rank that have an adapter: one row of the overview.</summary>
public sealed class AdapterTarget
{
    internal AdapterTarget(string name, TargetModule first, long count, long parameters)
    {
        Name = name;
        Count = count;
        InputSize = first.Inputs;
        OutputSize = first.Outputs;
        Rank = first.Rank > 0 ? first.Rank : null;
        Parameters = parameters;
    }

    /// <summary>The last step of their paths: <c>q_proj</c>.</summary>
    public string Name { get; }

    /// <summary>How many modules.</summary>
    public long Count { get; }

    /// <summary>The length of what goes into one.</summary>
    public long InputSize { get; }

    /// <summary>The length of what comes out.</summary>
    public long OutputSize { get; }

    /// <summary>The rank; null for methods without one.</summary>
    public int? Rank { get; }

    /// <summary>The adapter's parameters beside all of them, frozen ones too.</summary>
    public long Parameters { get; }

    /// <summary>Name and count in one line.</summary>
    public override string ToString()
    {
        return $"{Count} x {Name}: {ParameterCount.Format(Parameters)} parameters";
    }
}
