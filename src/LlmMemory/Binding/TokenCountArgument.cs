using LlmMemory.Workloads.Serving;

namespace LlmMemory.Binding;

/// <summary>A count of tokens: 8192, 8k; null for a blank.</summary>
public sealed class TokenCountArgument : BoundArgument<long?>
{
    internal TokenCountArgument(object? given, string setting, string example)
        : base(given, value => Setting.ReadValue(value, text => WholeNumber.ParseTokens(text, setting, example)))
    {
    }
}
