using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LlmMemory.Completion;

/// <summary>Completes versions from which on the rules of Hugging Face's stack, or of Megatron Core, differ.</summary>
public sealed class FrameworkVersionCompleter : IArgumentCompleter
{
    private static readonly (string Version, string Meaning)[] Versions =
    [
        ("4.49", "transformers 4.49 and later: labels are shifted, not logits"),
        ("4.48", "transformers 4.48: keys and values are no longer repeated under flash attention"),
        ("4.46", "transformers 4.46 and 4.47: the loss widens the logits"),
        ("4.31", "transformers up to 4.45: the model widens the logits"),
        ("0.12", "Megatron Core 0.12 and later: experts weigh their activation"),
        ("0.5", "Megatron Core up to 0.11: outputs of experts are weighted"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = CompletionWord.From(wordToComplete);
        return Versions.Where(version => word.Matches(version.Version)).Select(version => word.Result(version.Version, version.Meaning));
    }
}
