using System;
using System.Globalization;

namespace LlmMemory.Errors;

/// <summary>Shows a user's value inside a message: quoted, culture-independent, and never a screen long.</summary>
internal static class Quoted
{
    private const int MaxShownLength = 60;

    public static string Value(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        return text.Length <= MaxShownLength ? $"'{text}'" : $"'{text.Substring(0, ShownLength(text))}...'";
    }

    // A letter of two halves is shown or left out as a whole.
    private static int ShownLength(string text)
    {
        return char.IsSurrogatePair(text, MaxShownLength - 1) ? MaxShownLength - 1 : MaxShownLength;
    }
}
