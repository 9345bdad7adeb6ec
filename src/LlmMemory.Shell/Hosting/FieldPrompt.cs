using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace LlmMemory.Shell.Hosting;

/// <summary>Asks for the mandatory parameters that a command was not given.</summary>
internal sealed class FieldPrompt(IQuestioner questioner, TextStream messages)
{
    /// <summary>Asks for each field.</summary>
    /// <param name="fields">The fields.</param>
    /// <returns>The answers as text; the engine turns them into what the parameter takes.</returns>
    public Dictionary<string, PSObject> Ask(IEnumerable<FieldDescription> fields)
    {
        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            answers[field.Name] = new PSObject(Ask(field));
        }

        return answers;
    }

    private object Ask(FieldDescription field)
    {
        if (!string.IsNullOrEmpty(field.HelpMessage) && questioner.IsSomebodyThere)
        {
            messages.WriteLine(field.HelpMessage);
        }

        return field.ParameterTypeFullName.EndsWith("[]", StringComparison.Ordinal)
            ? AskForList(field.Name)
            : questioner.Ask($"{field.Name}: ");
    }

    // As in PowerShell, an empty answer ends the list.
    private string[] AskForList(string name)
    {
        var items = new List<string>();
        while (questioner.Ask($"{name}[{items.Count}]: ") is { Length: > 0 } item)
        {
            items.Add(item);
        }

        return [.. items];
    }
}
