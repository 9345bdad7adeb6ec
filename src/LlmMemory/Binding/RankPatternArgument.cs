using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Errors;

namespace LlmMemory.Binding;

/// <summary>Ranks of single modules from a table, <c>@{ q_proj = 32 }</c>; none for a blank. An ordered table keeps its order.</summary>
public sealed class RankPatternArgument : BoundArgument<IReadOnlyList<KeyValuePair<string, int>>>
{
    private const string Example = "Write a table such as @{ q_proj = 32; down_proj = 8 }.";

    internal RankPatternArgument(object? given)
        : base(given, Read)
    {
    }

    private static IReadOnlyList<KeyValuePair<string, int>> Read(object? given)
    {
        return given switch
        {
            null => [],
            IDictionary table => [.. table.Cast<DictionaryEntry>().Select(Read)],
            _ => throw Invalid(given, "no table of ranks"),
        };
    }

    private static KeyValuePair<string, int> Read(DictionaryEntry entry)
    {
        var value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var rank)
            ? new KeyValuePair<string, int>(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty, rank)
            : throw Invalid(value, "no rank");
    }

    private static LlmMemoryException Invalid(object? value, string reason)
    {
        return new LlmMemoryException(ErrorIds.AdapterSettingInvalid, value, $"'{value}' is {reason}. {Example}");
    }
}
