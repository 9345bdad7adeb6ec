using System.Globalization;
using System.Text;

namespace LlmMemory.Launching.Text;

/// <summary>
/// Texts in double quotes with the escapes of JSON (RFC 8259, section 7), which YAML (1.2.2, 5.7 and 7.3.1) and Python
/// read the same way.
/// </summary>
internal static class QuotedText
{
    /// <summary>The text in quotes. A half of a pair of letters that stands alone becomes U+FFFD: no file can hold it.</summary>
    public static string Of(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                quoted.Append(text, i++, 2);
            }
            else
            {
                Append(quoted, char.IsSurrogate(text[i]) ? '\uFFFD' : text[i]);
            }
        }

        return quoted.Append('"').ToString();
    }

    private static void Append(StringBuilder quoted, char letter)
    {
        if (letter is '"' or '\\')
        {
            quoted.Append('\\').Append(letter);
        }
        else if (IsShown(letter))
        {
            quoted.Append(letter);
        }
        else
        {
            quoted.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
        }
    }

    private static bool IsShown(char letter)
    {
        return char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
    }
}
