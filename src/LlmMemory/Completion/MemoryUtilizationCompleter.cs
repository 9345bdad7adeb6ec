namespace LlmMemory.Completion;

/// <summary>Offers shares of a device.</summary>
public sealed class MemoryUtilizationCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public MemoryUtilizationCompleter()
        : base(
            ("0.9", "vLLM's default"),
            ("0.95", "little is left for anything else"),
            ("0.8", "with room for other processes"))
    {
    }
}
