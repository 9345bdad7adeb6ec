using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LlmMemory.Completion;

/// <summary>Offers typical values of an open-ended parameter, each with what it means. Other values are as good.</summary>
public abstract class ExampleCompleter : IArgumentCompleter
{
    private readonly (string Text, string Tooltip)[] _examples;

    private protected ExampleCompleter(params (string Text, string Tooltip)[] examples)
    {
        _examples = examples;
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = CompletionWord.From(wordToComplete);
        return _examples
            .Where(example => word.Matches(example.Text))
            .Select(example => word.Result(example.Text, example.Tooltip));
    }
}
