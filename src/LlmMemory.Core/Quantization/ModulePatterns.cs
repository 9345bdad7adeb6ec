using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
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
    private const string RegexMark = "re:";

    // Lists of real checkpoints take some milliseconds for all modules; one that takes longer is made to do so.
    private static readonly TimeSpan MatchTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TotalTime = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _plain = new(StringComparer.Ordinal);
    private readonly List<string> _wildcards = [];
    private readonly List<Regex> _expressions = [];
    private readonly Stopwatch _spent = new();

    /// <summary>Reads patterns.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ConfigFieldInvalid"/>: a regular expression is none.</exception>
    public ModulePatterns(IEnumerable<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            Add(pattern);
        }
    }

    /// <summary>No module at all.</summary>
    public static ModulePatterns None { get; } = new([]);

    /// <summary>True where one of the patterns matches.</summary>
    /// <param name="module">A module's path, without <c>.weight</c>; the first expert's for experts that are alike.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ConfigFieldInvalid"/>: the patterns take too long.</exception>
    public bool Match(string module)
    {
        return HasPlain(module) || (_wildcards.Count + _expressions.Count > 0 && HasPattern(module));
    }

    private bool HasPattern(string module)
    {
        _spent.Start();
        try
        {
            return _spent.Elapsed > TotalTime
                ? throw Invalid(_wildcards.FirstOrDefault() ?? string.Empty, "the list that it stands in takes too long")
                : _wildcards.Exists(pattern => Starts(module).Any(start => HasWildcard(module, start, pattern)))
                    || _expressions.Exists(expression => expression.IsMatch(module));
        }
        catch (RegexMatchTimeoutException error)
        {
            throw Invalid(RegexMark + error.Pattern, "it takes too long on one name", error);
        }
        finally
        {
            _spent.Stop();
        }
    }

    private void Add(string pattern)
    {
        if (pattern.StartsWith(RegexMark, StringComparison.Ordinal))
        {
            _expressions.Add(Parse(pattern));
        }
        else if (pattern.IndexOf('*') >= 0)
        {
            _wildcards.Add(pattern);
        }
        else
        {
            _plain.Add(pattern);
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
        return _plain.Count > 0
            && Starts(module).Any(start => Ends(module, start).Any(end => _plain.Contains(module.Substring(start, end - start))));
    }

    private static bool HasWildcard(string module, int start, string pattern)
    {
        return Matches(module, start, pattern) || Matches(module, start, pattern + ".*");
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

        return pattern.Skip(p).All(letter => letter == '*');
    }

    private static IEnumerable<int> Starts(string module)
    {
        yield return 0;
        for (var dot = module.IndexOf('.'); dot >= 0; dot = module.IndexOf('.', dot + 1))
        {
            yield return dot + 1;
        }
    }

    private static IEnumerable<int> Ends(string module, int start)
    {
        for (var dot = module.IndexOf('.', start); dot >= 0; dot = module.IndexOf('.', dot + 1))
        {
            yield return dot;
        }

        yield return module.Length;
    }
}
