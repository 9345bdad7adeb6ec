using System;
using System.Text.RegularExpressions;

namespace LlmMemory.Estimation.Comparison;

/// <summary>What a line of an engine looks like. Letters that it must have are looked for first; most lines end there.</summary>
internal sealed class LogPattern
{
    // Every pattern reads a line once from left to right, in microseconds.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly string _anchor;
    private readonly Regex _regex;

    /// <summary>Takes a pattern.</summary>
    /// <param name="anchor">Letters that stand in every line of the kind.</param>
    /// <param name="pattern">The regular expression.</param>
    public LogPattern(string anchor, string pattern)
    {
        _anchor = anchor;
        _regex = new Regex(pattern, RegexOptions.CultureInvariant, Timeout);
    }

    /// <summary>The match in a line; null where there is none.</summary>
    /// <param name="text">The line.</param>
    public Match? In(string text)
    {
        if (text.IndexOf(_anchor, StringComparison.Ordinal) < 0)
        {
            return null;
        }

        try
        {
            return _regex.Match(text) is { Success: true } match ? match : null;
        }
        catch (RegexMatchTimeoutException)
        {
            // A line that was made to be slow is no engine's.
            return null;
        }
    }
}
