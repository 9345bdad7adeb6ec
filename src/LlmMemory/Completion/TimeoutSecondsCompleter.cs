namespace LlmMemory.Completion;

/// <summary>Offers times that a tool may take.</summary>
public sealed class TimeoutSecondsCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public TimeoutSecondsCompleter()
        : base(
            ("5", "5 seconds: a machine whose driver stays loaded (persistence mode)"),
            ("30", "30 seconds, the default"),
            ("120", "2 minutes: many GPUs whose driver is loaded only now"))
    {
    }
}
