namespace LlmMemory.Completion;

/// <summary>Offers the margins that the rule of thumb takes.</summary>
public sealed class SafetyMarginCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public SafetyMarginCompleter()
        : base(
            ("10%", "the low end of the rule of thumb"),
            ("15%", "the middle of the rule of thumb"),
            ("20%", "the high end of the rule of thumb, and the default"))
    {
    }
}
