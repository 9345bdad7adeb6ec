using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using LlmMemory.Errors;

namespace LlmMemory.Quantization;

/// <summary>
/// Names of modules as quantisation configurations list them: plain, with wildcards (*), or as regular expressions
/// (re:). A plain name or one with wildcards matches a module that has it as whole steps anywhere in its path, because
/// configurations name modules relative to the language model, to the whole, or by their last step alone:
/// <c>gate</c> is <c>model.layers.0.mlp.gate</c> and never <c>gate_proj</c>. A regular expression starts at the first step.
/// Sources: transformers/quantizers/quantizers_utils.py (should_convert_module); compressed_tensors/utils/match.py;
/// vllm, quantization/modelopt.py (is_layer_excluded).
/// </summary>
internal sealed class ModulePatterns
{
    /// <summary>Patterns that are tried one by one, in one list; the longest real ones have some hundreds.</summary>
    public const int MaxTried = 1 << 12;

    private const string RegexMark = "re:";

    // Long ones are made to fill the stack of whoever takes them apart: sets in sets in sets.
    private const int MaxLength = 1 << 10;

    // A real expression takes microseconds; one that takes longer is made to do so.
    private static readonly TimeSpan MatchTime = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<string> _plain = new(StringComparer.Ordinal);
    private readonly HashSet<int> _plainLengths = [];
    private readonly List<string> _wildcards = [];
    private readonly List<Regex> _expressions = [];
    private readonly string? _first;

    /// <summary>Reads patterns.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ConfigFieldInvalid"/>: a regular expression is none.</exception>
    public ModulePatterns(IEnumerable<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            _first ??= pattern;
            Add(pattern);
        }
    }

    /// <summary>No module at all.</summary>
    public static ModulePatterns None { get; } = new([]);

    /// <summary>True where one of the patterns matches.</summary>
    /// <param name="module">A module's path, without <c>.weight</c>; the first expert's for experts that are alike.</param>
    /// <param name="effort">What all lists of the configuration have taken so far.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ConfigFieldInvalid"/>: the patterns take too long.</exception>
    public bool Match(string module, MatchEffort effort)
    {
        return HasPlain(module) || HasWildcard(module, effort) || HasExpression(module, effort);
    }

    private bool HasWildcard(string module, MatchEffort effort)
    {
        foreach (var pattern in _wildcards)
        {
            // A star at the start leaps over steps by itself.
            for (var start = 0; start >= 0; start = pattern[0] == '*' ? -1 : NextStep(module, start))
            {
                if (!effort.Compare(module.Length - start))
                {
                    throw TooLong();
                }

                if (Matches(module, start, pattern))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool HasExpression(string module, MatchEffort effort)
    {
        foreach (var expression in _expressions)
        {
            if (effort.IsSpent)
            {
                throw TooLong();
            }

            try
            {
                if (effort.IsMatch(expression, module))
                {
                    return true;
                }
            }
            catch (RegexMatchTimeoutException error)
            {
                throw Invalid(RegexMark + error.Pattern, "it takes too long on one name", error);
            }
        }

        return false;
    }

    private LlmMemoryException TooLong()
    {
        return Invalid(_first ?? string.Empty, "the list that it stands in takes too long");
    }

    private void Add(string pattern)
    {
        var isExpression = pattern.StartsWith(RegexMark, StringComparison.Ordinal);
        if (!isExpression && pattern.IndexOf('*') < 0)
        {
            _plain.Add(pattern);
            _plainLengths.Add(pattern.Length);
            return;
        }

        CheckSize(pattern);
        if (isExpression)
        {
            _expressions.Add(Parse(pattern));
        }
        else
        {
            // A pattern stands for what lies within its modules too.
            _wildcards.Add(pattern);
            _wildcards.Add(pattern + ".*");
        }
    }

    private void CheckSize(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            throw Invalid(pattern, $"it has {pattern.Length} letters, and a good one up to {MaxLength}");
        }

        if (_expressions.Count + (_wildcards.Count / 2) == MaxTried)
        {
            throw Invalid(pattern, $"it comes after {MaxTried} others, and no real list is so long");
        }
    }

    private static Regex Parse(string pattern)
    {
        try
        {
            return new Regex($"^(?:{pattern.Substring(RegexMark.Length)})", RegexOptions.CultureInvariant, MatchTime);
        }
        catch (ArgumentException error)
        {
            throw Invalid(pattern, "it is no regular expression", error);
        }
    }

    private static LlmMemoryException Invalid(string pattern, string reason, Exception? cause = null)
    {
        return new LlmMemoryException(
            ErrorIds.ConfigFieldInvalid,
            pattern,
            $"The configuration lists modules by {Quoted.Value(pattern)}, which cannot be used: {reason}. "
            + "A good one is 're:.*self_attn.*'.",
            cause);
    }

    private bool HasPlain(string module)
    {
        for (var start = 0; start >= 0 && _plain.Count > 0; start = NextStep(module, start))
        {
            for (var end = EndOfStep(module, start); end >= 0; end = end < module.Length ? EndOfStep(module, end + 1) : -1)
            {
                // Most steps are told by their length, without a text of their own.
                if (_plainLengths.Contains(end - start) && _plain.Contains(module.Substring(start, end - start)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A star takes as little as it can, and one more each time that the rest does not fit.
    private static bool Matches(string module, int at, string pattern)
    {
        var (p, star, retry) = (0, -1, 0);
        while (at < module.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, at);
            }
            else if (p < pattern.Length && pattern[p] == module[at])
            {
                p++;
                at++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                at = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static int NextStep(string module, int start)
    {
        var end = EndOfStep(module, start);
        return end < module.Length ? end + 1 : -1;
    }

    private static int EndOfStep(string module, int start)
    {
        var dot = module.IndexOf('.', start);
        return dot >= 0 ? dot : module.Length;
    }
}
