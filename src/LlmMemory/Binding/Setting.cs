using System;
using LlmMemory.Naming;

namespace LlmMemory.Binding;

/// <summary>
/// Reads optional settings. A blank, as an empty cell of a CSV file gives it, is the same as not having said
/// anything: null, and the engine takes its default.
/// </summary>
internal static class Setting
{
    public static T? Find<T>(object? value, NamedCatalogue<T> catalogue)
        where T : class, INamed
    {
        return value switch
        {
            _ when IsBlank(value) => null,
            T item => item,
            string name => catalogue.Find(name),
            _ => throw catalogue.Unknown(value),
        };
    }

    public static decimal? Read(object? value, Func<object, decimal> parse)
    {
        return IsBlank(value) ? null : parse(value!);
    }

    public static T? ReadValue<T>(object? value, Func<object, T> parse)
        where T : struct
    {
        return IsBlank(value) ? null : parse(value!);
    }

    private static bool IsBlank(object? value)
    {
        return value is null || (value is string text && string.IsNullOrWhiteSpace(text));
    }
}
