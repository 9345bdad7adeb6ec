using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LlmMemory.Hardware;

namespace LlmMemory.Completion;

/// <summary>Completes machine types of clouds.</summary>
public sealed class InstanceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = CompletionWord.From(wordToComplete);
        return from gpu in GpuCatalogue.All
               from instance in gpu.Instances
               where word.Matches(instance.Name)
               select word.Result(instance.Name, $"{instance.Provider} {instance.Name}: {instance.GpuCount} x {gpu.Name}");
    }
}
