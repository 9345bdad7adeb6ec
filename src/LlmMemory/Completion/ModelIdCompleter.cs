using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Completion;

/// <summary>Completes ids of the hub, as far as the built-in catalogue knows them; the hub has many more.</summary>
public sealed class ModelIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = CompletionWord.From(wordToComplete);
        return ModelCatalogue.All
            .Where(entry => word.Matches(entry.Id))
            .Select(entry => word.Result(entry.Id, entry.Description));
    }
}
