using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Adapters.Targets;

/// <summary>
/// Ranks of single modules: the first pattern that fits a path, or the end of it from a dot on, decides. Source:
/// huggingface/peft src/peft/utils/other.py, get_pattern_key.
/// </summary>
internal sealed class RankPatterns
{
    private readonly List<(string Text, PathExpression Expression, int Rank)> _patterns = [];

    /// <summary>Reads the patterns.</summary>
    /// <param name="patterns">Regular expressions, each with its rank.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.AdapterPatternInvalid"/>, <see cref="ErrorIds.AdapterRankOutOfRange"/>.</exception>
    public RankPatterns(IReadOnlyList<KeyValuePair<string, int>> patterns)
    {
        foreach (var pattern in patterns)
        {
            AdapterErrors.EnsureRank(pattern.Value);
            _patterns.Add((pattern.Key, new PathExpression(pattern.Key, $@"^(?:.*\.)?(?:{pattern.Key})\z"), pattern.Value));
        }
    }

    /// <summary>True where one tells modules apart by a number.</summary>
    public bool HasNumber => _patterns.Exists(pattern => pattern.Text.Any(char.IsDigit));

    /// <summary>The rank of the first pattern that a path fits; null for none.</summary>
    /// <param name="path">The path of a module.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.AdapterPatternInvalid"/>: a pattern takes too long.</exception>
    public int? Find(string path)
    {
        foreach (var (_, expression, rank) in _patterns)
        {
            if (expression.IsMatch(path))
            {
                return rank;
            }
        }

        return null;
    }
}
