using System.Collections.Generic;
using LlmMemory.Naming;

namespace LlmMemory.Workloads;

/// <summary>An optimizer, as far as memory goes: the values it keeps for each trained parameter.</summary>
public sealed class Optimizer : INamed
{
    private Optimizer(string name, int statesPerParameter, string states, params string[] aliases)
    {
        Name = name;
        StatesPerParameter = statesPerParameter;
        Aliases = aliases;
        Description = $"{name}: {states} per parameter";
    }

    /// <summary>
    /// AdamW keeps a first and a second moment (Loshchilov and Hutter, arXiv:1711.05101); Adam keeps the same two.
    /// </summary>
    public static Optimizer AdamW { get; } = new("AdamW", 2, "2 states (both moments)", "adam", "adamwtorch");

    /// <summary>SGD with momentum keeps one velocity.</summary>
    public static Optimizer SGD { get; } = new("SGD", 1, "1 state (momentum)", "sgdmomentum", "momentum");

    /// <summary>What is taken when no optimizer is said.</summary>
    public static Optimizer Default => AdamW;

    /// <summary>All of them.</summary>
    public static NamedCatalogue<Optimizer> All { get; } =
        new("optimizer", Errors.ErrorIds.OptimizerUnknown, AdamW, SGD);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Values kept per trained parameter.</summary>
    public int StatesPerParameter { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Name;
    }
}
