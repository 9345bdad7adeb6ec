using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace LlmMemory.Naming;

/// <summary>
/// The details of an object: read-only, with an indexer that PowerShell finds, and readable where only text fits,
/// as in a cell that Export-Csv writes.
/// </summary>
/// <typeparam name="T">What the list holds.</typeparam>
public sealed class DetailList<T> : ReadOnlyCollection<T>
{
    internal DetailList(IList<T> items)
        : base(items)
    {
    }

    /// <summary>The items in one line.</summary>
    public override string ToString()
    {
        return string.Join("; ", Items);
    }
}
