using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace LlmMemory.Launching.Text;

/// <summary>A file of settings as YAML in block style. Texts that YAML would read as anything else stand in quotes.</summary>
internal static class YamlText
{
    private static readonly Regex PlainText = new(@"\A[A-Za-z][A-Za-z0-9_./-]*\z", RegexOptions.CultureInvariant);

    // What YAML 1.1, which PyYAML and Kubernetes read, takes for a truth value or for nothing.
    private static readonly HashSet<string> Reserved =
        new(["y", "n", "yes", "no", "on", "off", "true", "false", "null"], System.StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes it.</summary>
    /// <param name="comments">What stands above, a line each.</param>
    /// <param name="tree">The settings.</param>
    public static string Write(IEnumerable<string> comments, ConfigTree tree)
    {
        return string.Join("\n", [.. comments.Select(comment => $"# {comment}"), .. Lines(tree)]);
    }

    private static IEnumerable<string> Lines(ConfigTree tree)
    {
        return tree.Entries.SelectMany(entry => entry.Value switch
        {
            ConfigTree section => [Text(entry.Key) + ":", .. Indented(Lines(section))],
            IReadOnlyList<object> list => [Text(entry.Key) + ":", .. list.SelectMany(Item)],
            _ => new[] { $"{Text(entry.Key)}: {Scalar(entry.Value)}" },
        });
    }

    private static IEnumerable<string> Item(object item)
    {
        return item is ConfigTree section
            ? Lines(section).Select((line, i) => (i == 0 ? "- " : "  ") + line)
            : [$"- {Scalar(item)}"];
    }

    private static IEnumerable<string> Indented(IEnumerable<string> lines)
    {
        return lines.Select(line => "  " + line);
    }

    private static string Scalar(object value)
    {
        return value switch
        {
            bool isOn => isOn ? "true" : "false",
            string text => Text(text),
            _ => System.Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static string Text(string text)
    {
        return PlainText.IsMatch(text) && !Reserved.Contains(text) ? text : QuotedText.Of(text);
    }
}
