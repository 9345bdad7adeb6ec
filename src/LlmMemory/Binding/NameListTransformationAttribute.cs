using System;
using System.Linq;
using LlmMemory.Adapters;

namespace LlmMemory.Binding;

/// <summary>
/// Reads names of modules. Several in one text, as a cell of a CSV file or a line of a configuration has them, are
/// several names; a regular expression is one.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NameListTransformationAttribute : ArgumentListTransformationAttribute
{
    private static readonly char[] Separators = [',', ';', ' ', '\t'];

    private protected override Array Read(object?[] values)
    {
        return values.OfType<object>().SelectMany(value => Names($"{value}")).ToArray();
    }

    private static string[] Names(string text)
    {
        return text.StartsWith(AdapterSpecification.ExpressionMark, StringComparison.Ordinal)
            ? [text]
            : text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
    }
}
