using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Adapters.Targets;

/// <summary>
/// Names of modules as PEFT takes them: a name is a whole path or the end of one, from a dot on; a regular expression,
/// written with <c>re:</c> before it, has to fit the whole path. Source: huggingface/peft src/peft/tuners/tuners_utils.py,
/// check_target_module_exists, and utils/other.py, match_target_against_key.
/// </summary>
internal sealed class NameRules
{
    private const string ExpressionMark = AdapterSpecification.ExpressionMark;

    // Far above what anybody writes, and low enough that a hostile list costs no time.
    private const int MaxRules = 1 << 10;
    private const int MaxLength = 1 << 10;

    private readonly List<(string Text, PathExpression? Expression)> _rules = [];

    /// <summary>Reads the names.</summary>
    /// <param name="names">Names and expressions.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.AdapterPatternInvalid"/>.</exception>
    public NameRules(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            Add(name);
        }
    }

    /// <summary>True where there is none.</summary>
    public bool IsEmpty => _rules.Count == 0;

    /// <summary>True where one is a regular expression.</summary>
    public bool HasExpression => _rules.Exists(rule => rule.Expression is not null);

    /// <summary>True where one tells modules apart by a number, as those of single experts.</summary>
    public bool HasNumber => _rules.Exists(rule => rule.Text.Any(char.IsDigit));

    /// <summary>The name that is the whole path, else the first name or expression that it fits; null for none.</summary>
    /// <param name="path">The path of a module.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.AdapterPatternInvalid"/>: an expression takes too long.</exception>
    public string? Match(string path)
    {
        return _rules.Exists(rule => rule.Text == path)
            ? path
            : _rules.Find(rule => rule.Expression?.IsMatch(path) ?? IsEndOf(path, rule.Text)).Text;
    }

    private static bool IsEndOf(string path, string name)
    {
        return path.EndsWith(name, StringComparison.Ordinal)
            && (path.Length == name.Length || path[path.Length - name.Length - 1] == '.');
    }

    private void Add(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw AdapterErrors.Pattern(name, "it is empty");
        }

        if (name.Length > MaxLength || _rules.Count == MaxRules)
        {
            throw AdapterErrors.Pattern(name, $"a list has up to {MaxRules} names of up to {MaxLength} letters");
        }

        var isExpression = name.StartsWith(ExpressionMark, StringComparison.Ordinal);
        _rules.Add((name, isExpression ? new PathExpression(name, $"^(?:{name.Substring(ExpressionMark.Length)})\\z") : null));
    }
}
