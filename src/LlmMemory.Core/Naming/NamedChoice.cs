using System.Collections.Generic;

namespace LlmMemory.Naming;

/// <summary>One of a closed set of things that users choose by name.</summary>
public abstract class NamedChoice : INamed
{
    private protected NamedChoice(string name, string description, string[] aliases)
    {
        Name = name;
        Description = description;
        Aliases = aliases;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Name;
    }
}
