using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LlmMemory.Models.Reading;

namespace LlmMemory.Completion;

/// <summary>Completes the model types that the engine knows the rules of.</summary>
public sealed class ArchitectureCompleter : IArgumentCompleter
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
        return ModelReader.KnownModelTypes
            .Where(word.Matches)
            .Select(modelType => word.Result(modelType, $"Models built like {modelType}"));
    }
}
