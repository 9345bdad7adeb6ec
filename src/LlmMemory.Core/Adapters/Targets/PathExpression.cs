using System;
using System.Diagnostics;
using System.Text.RegularExpressions;
using LlmMemory.Errors;

namespace LlmMemory.Adapters.Targets;

/// <summary>
/// A regular expression of a user, matched against the paths of modules. Neither one path nor all of them together can
/// make it run for long.
/// </summary>
internal sealed class PathExpression
{
    private static readonly TimeSpan MatchTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TotalTime = TimeSpan.FromSeconds(5);

    private readonly string _shown;
    private readonly Regex _regex;
    private readonly Stopwatch _spent = new();

    /// <summary>Reads an expression.</summary>
    /// <param name="shown">What the user wrote.</param>
    /// <param name="pattern">What is matched.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.AdapterPatternInvalid"/>.</exception>
    public PathExpression(string shown, string pattern)
    {
        _shown = shown;
        try
        {
            _regex = new Regex(pattern, RegexOptions.CultureInvariant, MatchTime);
        }
        catch (ArgumentException error)
        {
            throw AdapterErrors.Pattern(shown, "it is no regular expression", error);
        }
    }

    /// <summary>True where it matches.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.AdapterPatternInvalid"/>: it takes too long.</exception>
    public bool IsMatch(string path)
    {
        if (_spent.Elapsed > TotalTime)
        {
            throw AdapterErrors.Pattern(_shown, "it takes too long on the names of the model");
        }

        _spent.Start();
        try
        {
            return _regex.IsMatch(path);
        }
        catch (RegexMatchTimeoutException error)
        {
            throw AdapterErrors.Pattern(_shown, "it takes too long on one name", error);
        }
        finally
        {
            _spent.Stop();
        }
    }
}
