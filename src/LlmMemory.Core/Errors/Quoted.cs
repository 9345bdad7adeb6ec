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
        return text.Length <= MaxShownLength ? $"'{text}'" : $"'{text.Substring(0, MaxShownLength)}...'";
    }
}
