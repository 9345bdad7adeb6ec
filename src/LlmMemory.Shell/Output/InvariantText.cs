using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;

namespace LlmMemory.Shell.Output;

/// <summary>Values as text that reads the same under every culture.</summary>
internal static class InvariantText
{
    /// <summary>Formats a value that is one piece of text; false for collections and records.</summary>
    /// <param name="value">The bare value.</param>
    /// <param name="text">The text.</param>
    public static bool TryFormat(object? value, [NotNullWhen(true)] out string? text)
    {
        text = value switch
        {
            string or char or bool or Uri or Version or Type or ScriptBlock => value.ToString(),
            DateTime or DateTimeOffset => ((IFormattable)value).ToString("o", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
            _ => null,
        };
        return text is not null;
    }

    /// <summary>Any value as text; what is not one piece is converted as the engine converts it.</summary>
    /// <param name="value">The value, wrapped or bare.</param>
    public static string Of(object? value)
    {
        return TryFormat(Records.Unwrap(value), out var text)
            ? text
            : LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
    }
}
