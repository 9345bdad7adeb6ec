using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Naming;

/// <summary>
/// A closed set of named things. Look-up ignores case and the separators that spellings differ in
/// (<c>int8</c>, <c>INT-8</c>, <c>int_8</c>); an unknown name raises an error that shows the nearest ones.
/// </summary>
/// <typeparam name="T">What the names stand for.</typeparam>
public sealed class NamedCatalogue<T> : IReadOnlyList<T>
    where T : class, INamed
{
    // A longer text is no name; it is not looked up, so that nobody pays for comparing it.
    private const int MaxNameLength = 64;

    private const int MinBegunLength = 2;

    private const int MaxSuggestions = 4;

    private readonly T[] _items;
    private readonly Dictionary<string, T> _bySpelling;
    private readonly string _kind;
    private readonly string _unknownErrorId;
    private readonly string _listing;

    /// <summary>Creates a catalogue.</summary>
    /// <param name="kind">What one entry is called in a sentence: <c>data type</c>.</param>
    /// <param name="unknownErrorId">The error of an unknown name, one of <see cref="ErrorIds"/>.</param>
    /// <param name="items">The entries, in the order in which they are shown.</param>
    internal NamedCatalogue(string kind, string unknownErrorId, params T[] items)
        : this(kind, unknownErrorId, items, [])
    {
    }

    /// <summary>Creates a catalogue with entries that are understood beside those that are shown.</summary>
    /// <param name="kind">What one entry is called in a sentence: <c>data type</c>.</param>
    /// <param name="unknownErrorId">The error of an unknown name, one of <see cref="ErrorIds"/>.</param>
    /// <param name="items">The entries, in the order in which they are shown.</param>
    /// <param name="further">Entries that are understood as well, and not shown.</param>
    internal NamedCatalogue(string kind, string unknownErrorId, T[] items, IReadOnlyList<T> further)
        : this(kind, unknownErrorId, $"Known: {string.Join(", ", items.Select(item => item.Name))}.", items, further)
    {
    }

    /// <summary>Creates a catalogue with entries that are too many to be listed in a message.</summary>
    /// <param name="kind">What one entry is called in a sentence: <c>model</c>.</param>
    /// <param name="unknownErrorId">The error of an unknown name, one of <see cref="ErrorIds"/>.</param>
    /// <param name="listing">A sentence that names the entries, or says where they are to be found.</param>
    /// <param name="items">The entries, in the order in which they are shown.</param>
    /// <param name="further">Entries that are understood as well, and not shown.</param>
    internal NamedCatalogue(string kind, string unknownErrorId, string listing, T[] items, IReadOnlyList<T> further)
    {
        _kind = kind;
        _listing = listing;
        _unknownErrorId = unknownErrorId;
        _items = items;
        Further = further;
        _bySpelling = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items.Concat(further))
        {
            _bySpelling.Add(Normalize(item.Name), item);
            foreach (var alias in item.Aliases)
            {
                _bySpelling.Add(Normalize(alias), item);
            }
        }
    }

    /// <summary>Entries that look-up understands beside those that the catalogue lists.</summary>
    public IReadOnlyList<T> Further { get; }

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <summary>Looks a name or an alias up.</summary>
    /// <param name="name">The spelling.</param>
    /// <param name="item">The entry of that name.</param>
    public bool TryFind(string name, [NotNullWhen(true)] out T? item)
    {
        item = null;
        return name is not null
            && name.Length <= MaxNameLength
            && (_bySpelling.TryGetValue(name, out item) || _bySpelling.TryGetValue(Normalize(name), out item));
    }

    /// <summary>Looks a name or an alias up.</summary>
    /// <param name="name">The spelling.</param>
    /// <exception cref="LlmMemoryException">No entry has that name; the message shows the nearest ones.</exception>
    public T Find(string name)
    {
        return TryFind(name, out var item) ? item : throw Unknown(name);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        return ((IEnumerable<T>)_items).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator()
    {
        return GetEnumerator();
    }

    /// <summary>The error for a value that names no entry.</summary>
    /// <param name="value">The value as it was given.</param>
    public LlmMemoryException Unknown(object? value)
    {
        var nearest = value is string name && name.Length <= MaxNameLength
            ? NearestNames(Normalize(name.Trim()))
            : [];
        var hint = nearest.Count > 0 ? $" Did you mean {string.Join(" or ", nearest)}?" : string.Empty;
        return new LlmMemoryException(
            _unknownErrorId, value, $"{Quoted.Value(value)} is no known {_kind}.{hint} {_listing}");
    }

    private List<string> NearestNames(string normalized)
    {
        // Who leaves the end out means one of those that begin so, however many letters are missing.
        var begun = normalized.Length >= MinBegunLength
            ? _bySpelling.Keys.Where(spelling => spelling.StartsWith(normalized, StringComparison.OrdinalIgnoreCase)).ToList()
            : [];
        return (begun.Count > 0 ? begun : NearestSpellings.Find(normalized, _bySpelling.Keys))
            .Select(spelling => _bySpelling[spelling].Name)
            .Distinct()
            .Take(MaxSuggestions)
            .ToList();
    }

    /// <summary>What is left of a spelling when the separators that spellings differ in are gone; case still differs.</summary>
    internal static string Normalize(string spelling)
    {
        return spelling.Trim().Replace("-", string.Empty).Replace("_", string.Empty).Replace(" ", string.Empty);
    }
}
