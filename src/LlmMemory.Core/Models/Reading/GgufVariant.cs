using System;
using System.Linq;
using LlmMemory.Sources.Local;

namespace LlmMemory.Models.Reading;

/// <summary>
/// Finds a quantisation among GGUF files by their names, as <c>llama-server -hf owner/name:Q4_K_M</c> does: nothing but
/// the name tells them apart before they are read.
/// </summary>
internal static class GgufVariant
{
    private const string Extension = ".gguf";

    /// <summary>True for a file of that quantisation: its name, or that of its folder, ends with it.</summary>
    /// <param name="path">The file, or the first of a split model.</param>
    /// <param name="variant">The quantisation, or the file's own name.</param>
    public static bool Is(string path, string variant)
    {
        var steps = ShardedName.Of(path).Stem.Split('/');
        return Equal(path.Split('/').Last(), variant)
            || steps.Any(step => Equal(step, variant) || EndsWith(WithoutExtension(step), variant));
    }

    private static string WithoutExtension(string name)
    {
        return name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - Extension.Length) : name;
    }

    private static bool EndsWith(string name, string variant)
    {
        return name.EndsWith("-" + variant, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("." + variant, StringComparison.OrdinalIgnoreCase);
    }

    private static bool Equal(string one, string other)
    {
        return string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }
}
