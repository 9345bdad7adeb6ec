using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LlmMemory.Hardware;

namespace LlmMemory.Completion;

/// <summary>Completes instances of clouds; the tooltip says what they hold.</summary>
public sealed class CloudInstanceCompleter : IArgumentCompleter
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
        return CloudInstances.All
            .Where(known => word.Matches(known.Instance.Name))
            .Select(known => word.Result(known.Instance.Name, FormattableString.Invariant($"{known.Instance.Provider}: {known.Instance.GpuCount} x {known.Gpu.Name}")));
    }
}
