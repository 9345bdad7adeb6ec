using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Launching.Text;

/// <summary>A Modelfile: comments, then an instruction in each line. Source: ollama/ollama parser/parser.go (ParseFile, unquote).</summary>
internal static class ModelfileText
{
    private const string ThreeQuotes = "\"\"\"";

    /// <summary>Writes it.</summary>
    /// <param name="comments">What stands above, a line each.</param>
    /// <param name="settings">The instructions.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LaunchModelPathInvalid"/>: a value holds what no quotes can.</exception>
    public static string Write(IEnumerable<string> comments, IEnumerable<LaunchSetting> settings)
    {
        return string.Join(
            "\n", [.. comments.Select(comment => $"# {comment}"), .. settings.Select(setting => $"{setting.Name} {Quote(setting.Text)}")]);
    }

    // A value is the rest of its line, without blanks at its ends; one that has more than that stands in quotes, and
    // letters that are not printed are dropped when it is read.
    private static string Quote(string value)
    {
        if (value.Any(letter => char.IsControl(letter) && letter != '\n') || value.Contains(ThreeQuotes))
        {
            throw new LlmMemoryException(
                ErrorIds.LaunchModelPathInvalid, value, $"A Modelfile cannot hold {Quoted.Value(value)}. Write -ModelPath ./model.gguf.");
        }

        var isPlain = value.Length > 0 && value == value.Trim() && value[0] != '"' && value.IndexOf('\n') < 0;
        return isPlain ? value
            : value.IndexOf('"') >= 0 ? ThreeQuotes + value + ThreeQuotes
            : $"\"{value}\"";
    }
}
