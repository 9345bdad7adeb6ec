using System.Collections.Generic;

namespace LlmMemory.Naming;

/// <summary>Something users choose by name.</summary>
public interface INamed
{
    /// <summary>The name that output shows.</summary>
    string Name { get; }

    /// <summary>Other spellings that are understood.</summary>
    IReadOnlyList<string> Aliases { get; }

    /// <summary>One line for a tooltip: what it is, and the figure that matters.</summary>
    string Description { get; }
}
