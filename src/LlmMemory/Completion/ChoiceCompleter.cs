using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LlmMemory.Completion;

/// <summary>Completes yes and no as PowerShell writes them.</summary>
public sealed class ChoiceCompleter : IArgumentCompleter
{
    private static readonly (string Text, string Meaning)[] Choices = [("$true", "yes"), ("$false", "no")];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        // A variable is no word to quote.
        var word = CompletionWord.From(wordToComplete);
        return Choices.Where(choice => word.Matches(choice.Text))
            .Select(choice => new CompletionResult(choice.Text, choice.Text, CompletionResultType.ParameterValue, choice.Meaning));
    }
}
