using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LlmMemory.Quantities;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Sources.Local;

namespace LlmMemory.Completion;

/// <summary>Completes names of the built-in catalogue, and with -Local those of the models on this machine.</summary>
public sealed class ModelNameCompleter : IArgumentCompleter
{
    private const string LocalSwitch = "Local";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = CompletionWord.From(wordToComplete);
        return fakeBoundParameters.Contains(LocalSwitch)
            ? LocalStores.Find().Where(model => model.IsComplete && word.Matches(model.Name)).Select(model => word.Result(model.Name, Tooltip(model)))
            : ModelCatalogue.All.Where(entry => word.Matches(entry.Name)).Select(entry => word.Result(entry.Name, entry.Description));
    }

    private static string Tooltip(LocalModel model)
    {
        return FormattableString.Invariant($"{ByteSize.ToGB(model.Bytes):0.000} GB, {model.Store}: {model.Path}");
    }
}
