using System.Globalization;
using System.Text.RegularExpressions;

namespace LlmMemory.Sources.Local;

/// <summary>
/// The name of one of several files that make up a model: <c>model-00001-of-00004.safetensors</c>,
/// <c>llama-00001-of-00002.gguf</c>. Hub, Transformers and llama-gguf-split all number them so.
/// </summary>
internal sealed class ShardedName
{
    private static readonly Regex Pattern = new(
        @"^(.*)-([0-9]{5})-of-([0-9]{5})(\.[A-Za-z0-9]+)$", RegexOptions.CultureInvariant);

    private ShardedName(string stem, string group, int count)
    {
        Stem = stem;
        Group = group;
        Count = count;
    }

    /// <summary>The name without its numbers.</summary>
    public string Stem { get; }

    /// <summary>What all files of the same model share.</summary>
    public string Group { get; }

    /// <summary>How many files there should be.</summary>
    public int Count { get; }

    /// <summary>Reads a file's name; one that has no numbers is a whole by itself.</summary>
    /// <param name="name">The name, with or without the folders before it.</param>
    public static ShardedName Of(string name)
    {
        var match = Pattern.Match(name);
        return match.Success
            ? new ShardedName(
                match.Groups[1].Value + match.Groups[4].Value,
                $"{match.Groups[1].Value}-of-{match.Groups[3].Value}{match.Groups[4].Value}",
                int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture))
            : new ShardedName(name, name, 1);
    }
}
