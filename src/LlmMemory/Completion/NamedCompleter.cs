using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LlmMemory.Naming;

namespace LlmMemory.Completion;

/// <summary>
/// Completes the names of a catalogue; a typed alias completes to its name, and a name that has been started also to
/// those that the catalogue does not list. Tooltips are the descriptions.
/// </summary>
/// <typeparam name="T">What the names stand for.</typeparam>
public abstract class NamedCompleter<T> : IArgumentCompleter
    where T : class, INamed
{
    private readonly NamedCatalogue<T> _catalogue;

    private protected NamedCompleter(NamedCatalogue<T> catalogue)
    {
        _catalogue = catalogue;
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
        return (string.IsNullOrEmpty(wordToComplete) ? _catalogue : _catalogue.Concat(_catalogue.Further))
            .Where(item => word.Matches(item.Name) || item.Aliases.Any(word.Matches))
            .OrderBy(item => word.Matches(item.Name) ? 0 : 1)
            .Select(item => word.Result(item.Name, item.Description));
    }
}
