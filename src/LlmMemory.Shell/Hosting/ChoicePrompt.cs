using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation.Host;

namespace LlmMemory.Shell.Hosting;

/// <summary>Asks which of some choices it shall be, as <c>-Confirm</c> does.</summary>
internal sealed class ChoicePrompt(IQuestioner questioner, Collection<ChoiceDescription> choices, int defaultChoice)
{
    /// <summary>Asks until the answer is one of the choices.</summary>
    /// <returns>The choice's index.</returns>
    public int Ask()
    {
        var question = Question();
        while (true)
        {
            var answer = questioner.Ask(question).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            var index = choices.Select(choice => Matches(choice, answer)).ToList().IndexOf(true);
            if (index >= 0)
            {
                return index;
            }
        }
    }

    private static bool Matches(ChoiceDescription choice, string answer)
    {
        return answer.Equals(Label(choice), StringComparison.OrdinalIgnoreCase)
            || answer.Equals(Key(choice), StringComparison.OrdinalIgnoreCase);
    }

    private static string Label(ChoiceDescription choice)
    {
        return choice.Label.Replace("&", string.Empty, StringComparison.Ordinal);
    }

    // The letter after the ampersand of "&Yes".
    private static string Key(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label.Substring(mark + 1, 1) : Label(choice);
    }

    private string Question()
    {
        var all = string.Join("  ", choices.Select(choice => $"[{Key(choice)}] {Label(choice)}"));
        return defaultChoice >= 0 ? $"{all} (default is {Key(choices[defaultChoice])}): " : $"{all}: ";
    }
}
