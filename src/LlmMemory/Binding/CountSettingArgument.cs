using LlmMemory.Workloads.Serving;

namespace LlmMemory.Binding;

/// <summary>A count of ranks, sequences or layers; null for a blank.</summary>
public sealed class CountSettingArgument : BoundArgument<int?>
{
    internal CountSettingArgument(object? given, string setting, int min, string example)
        : base(given, value => Setting.ReadValue(value, text => WholeNumber.ParseCount(text, setting, min, example)))
    {
    }
}
