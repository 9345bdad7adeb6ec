using System;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LlmMemory.Quantization;

/// <summary>
/// What it takes to find out which modules a configuration means. Names and wildcards are counted, letter by letter, so
/// that a list is refused on every machine or on none; regular expressions alone have a clock, that of their own time.
/// </summary>
internal sealed class MatchEffort
{
    // Lists of real checkpoints take less than a thousandth of it.
    private const long MaxLetters = 1L << 31;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _expressions = new();
    private long _letters;

    /// <summary>True where regular expressions have taken too long.</summary>
    public bool IsSpent => _expressions.Elapsed > MaxTime;

    /// <summary>Counts a comparison; false where there were too many.</summary>
    /// <param name="letters">The letters that are compared at most.</param>
    public bool Compare(int letters)
    {
        _letters += letters + 1;
        return _letters <= MaxLetters;
    }

    /// <summary>Tries a regular expression by the clock.</summary>
    /// <exception cref="RegexMatchTimeoutException">It takes too long on this name.</exception>
    public bool IsMatch(Regex expression, string name)
    {
        _expressions.Start();
        try
        {
            return expression.IsMatch(name);
        }
        finally
        {
            _expressions.Stop();
        }
    }
}
