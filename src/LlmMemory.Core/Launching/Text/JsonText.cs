using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace LlmMemory.Launching.Text;

/// <summary>A file of settings as JSON (RFC 8259), two blanks a level.</summary>
internal static class JsonText
{
    // JSON has no comments, and Hugging Face's Trainer reads strict JSON; DeepSpeed looks keys up and leaves others alone.
    private const string CommentKey = "_comment";

    /// <summary>Writes it.</summary>
    /// <param name="comments">Kept under a key of their own.</param>
    /// <param name="tree">The settings.</param>
    public static string Write(IReadOnlyList<string> comments, ConfigTree tree)
    {
        var whole = new ConfigTree().Add(CommentKey, comments.Cast<object>().ToArray());
        foreach (var entry in tree.Entries)
        {
            whole.Add(entry.Key, entry.Value);
        }

        return Append(new StringBuilder(), whole, 0).ToString();
    }

    private static StringBuilder Append(StringBuilder text, object value, int level)
    {
        return value switch
        {
            ConfigTree tree => AppendAll(text, '{', '}', tree.Entries, level, (entry, inner) => Append(text.Append(QuotedText.Of(entry.Key)).Append(": "), entry.Value, inner)),
            IReadOnlyList<object> list => AppendAll(text, '[', ']', list, level, (item, inner) => Append(text, item, inner)),
            _ => text.Append(Scalar(value)),
        };
    }

    private static StringBuilder AppendAll<T>(
        StringBuilder text, char open, char close, IReadOnlyList<T> items, int level, System.Action<T, int> append)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n").Append(' ', 2 * (level + 1));
            append(items[i], level + 1);
        }

        return text.Append('\n').Append(' ', 2 * level).Append(close);
    }

    private static string Scalar(object value)
    {
        return value switch
        {
            bool isOn => isOn ? "true" : "false",
            string text => QuotedText.Of(text),
            _ => System.Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }
}
