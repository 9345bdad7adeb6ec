namespace LlmMemory.Completion;

/// <summary>Offers the multipliers that the rule of thumb takes.</summary>
public sealed class TrainingMultiplierCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public TrainingMultiplierCompleter()
        : base(
            ("3", "the low end of the rule of thumb"),
            ("3.5", "the middle of the rule of thumb"),
            ("4", "the high end of the rule of thumb, and the default"))
    {
    }
}
