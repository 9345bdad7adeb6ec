using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LlmMemory.Sources.Gguf;

/// <summary>
/// The name of a part of a split model: <c>model-00002-of-00003.gguf</c>. Source: ggml-org/llama.cpp, src/llama.cpp
/// (llama_split_path).
/// </summary>
internal sealed class GgufPartName
{
    private static readonly Regex Pattern = new(
        @"^(.*)-([0-9]{5})-of-([0-9]{5})(\.gguf)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    private readonly string _stem;
    private readonly string _ending;

    private GgufPartName(Match match)
    {
        _stem = match.Groups[1].Value;
        _ending = match.Groups[4].Value;
        Count = int.Parse(match.Groups[3].Value, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>How many parts the name says there are.</summary>
    public int Count { get; }

    /// <summary>Reads a name; null where it is not that of a part.</summary>
    /// <param name="fileName">The file's name without its folder.</param>
    public static GgufPartName? Read(string fileName)
    {
        var match = Pattern.Match(fileName);
        return match.Success ? new GgufPartName(match) : null;
    }

    /// <summary>The name of another part.</summary>
    /// <param name="number">Its number, from 1.</param>
    public string Of(int number)
    {
        return string.Format(CultureInfo.InvariantCulture, "{0}-{1:00000}-of-{2:00000}{3}", _stem, number, Count, _ending);
    }
}
