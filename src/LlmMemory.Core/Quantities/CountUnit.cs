using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Quantities;

/// <summary>A decimal unit of counting weights: its symbol, its factor, and how users spell it.</summary>
internal sealed class CountUnit
{
    // Largest first: formatting takes the first that fits.
    private static readonly CountUnit[] All =
    [
        new("T", 1_000_000_000_000, "t", "tn", "trillion", "trillions"),
        new("B", 1_000_000_000, "b", "bn", "billion", "billions"),
        new("M", 1_000_000, "m", "mn", "million", "millions"),
        new("K", 1_000, "k", "thousand", "thousands"),
        new(string.Empty, 1, string.Empty),
    ];

    private static readonly Dictionary<string, CountUnit> BySpelling = All
        .SelectMany(unit => unit._spellings, (unit, spelling) => (unit, spelling))
        .ToDictionary(pair => pair.spelling, pair => pair.unit, StringComparer.OrdinalIgnoreCase);

    private readonly string[] _spellings;

    private CountUnit(string symbol, long factor, params string[] spellings)
    {
        Symbol = symbol;
        Factor = factor;
        _spellings = spellings;
    }

    public string Symbol { get; }

    public long Factor { get; }

    public static CountUnit? Find(string spelling)
    {
        return BySpelling.TryGetValue(spelling, out var unit) ? unit : null;
    }

    public static CountUnit LargestIn(long count)
    {
        return Array.Find(All, unit => count >= unit.Factor) ?? All[All.Length - 1];
    }
}
