using System;
using System.Management.Automation;

namespace LlmMemory.Commands;

/// <summary>A name as a user types it: exact, or with wildcards. Case makes no difference.</summary>
internal sealed class NamePattern
{
    private readonly string _text;
    private readonly WildcardPattern? _pattern;

    /// <summary>Takes a name.</summary>
    /// <param name="text">The name.</param>
    public NamePattern(string text)
    {
        _text = text;
        _pattern = WildcardPattern.ContainsWildcardCharacters(text) ? Compile(text) : null;
    }

    /// <summary>True where the name has wildcards, so that it is no error when nothing matches.</summary>
    public bool HasWildcards => _pattern is not null;

    /// <summary>True for what is meant. A name that holds brackets itself is meant by just that name, too.</summary>
    /// <param name="name">The name of something.</param>
    public bool Matches(string name)
    {
        return string.Equals(name, _text, StringComparison.OrdinalIgnoreCase) || _pattern?.IsMatch(name) == true;
    }

    // A bracket that is not closed is no pattern, but may well be in a name.
    private static WildcardPattern? Compile(string text)
    {
        try
        {
            var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
            pattern.IsMatch(string.Empty);
            return pattern;
        }
        catch (WildcardPatternException)
        {
            return null;
        }
    }

    public override string ToString()
    {
        return _text;
    }
}
