using System.Globalization;
using System.Linq;
using System.Text;

namespace LlmMemory.Errors;

/// <summary>
/// A text that a terminal shows and does not obey. Names in a message come out of untrusted files, and escape sequences
/// in them would colour, move or overwrite what is on the screen, marks of direction would turn it round.
/// </summary>
internal static class Printable
{
    /// <summary>The text with everything that is not shown as itself written like <c>\u001B</c>.</summary>
    public static string Text(string text)
    {
        return Enumerable.Range(0, text.Length).Any(place => !IsShown(text, place)) ? Escape(text) : text;
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsShown(text, i))
            {
                escaped.Append(text[i]);
            }
            else
            {
                escaped.Append("\\u").Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }

    private static bool IsShown(string text, int place)
    {
        return char.GetUnicodeCategory(text[place]) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format => false,
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
            UnicodeCategory.Surrogate => IsHalfOfPair(text, place),
            _ => true,
        };
    }

    // A half that stands alone is no letter: a cut text or a hostile one.
    private static bool IsHalfOfPair(string text, int place)
    {
        return char.IsSurrogatePair(text, place)
            || (place > 0 && char.IsSurrogatePair(text, place - 1));
    }
}
