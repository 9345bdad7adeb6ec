using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Naming;

/// <summary>Finds the spellings nearest to a mistyped one, by edit distance.</summary>
internal static class NearestSpellings
{
    private const int MaxSuggestions = 3;

    /// <summary>The spellings at the smallest distance; none when nothing is near.</summary>
    public static IEnumerable<string> Find(string typed, IEnumerable<string> known)
    {
        // Half of what was typed may be wrong, and never more than three letters.
        var tolerance = Math.Min(3, Math.Max(1, typed.Length / 2));
        return known
            // No fewer edits than letters that one has more: what was typed may come from a file, and be of any length.
            .Where(spelling => Math.Abs(spelling.Length - typed.Length) <= tolerance)
            .GroupBy(spelling => Distance(Fold(typed), Fold(spelling)))
            .Where(candidates => candidates.Key <= tolerance)
            .OrderBy(candidates => candidates.Key)
            .Take(1)
            .SelectMany(candidates => candidates)
            .OrderBy(spelling => spelling, StringComparer.Ordinal)
            .Take(MaxSuggestions);
    }

    private static string Fold(string text)
    {
        return text.ToUpperInvariant();
    }

    /// <summary>The edits (insert, delete, replace) that turn one text into the other: Levenshtein's distance.</summary>
    private static int Distance(string from, string to)
    {
        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var current = new int[to.Length + 1];
            current[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[to.Length];
    }
}
