namespace LlmMemory.Completion;

/// <summary>Offers lengths of a context.</summary>
public sealed class ContextLengthCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public ContextLengthCompleter()
        : base(
            ("4k", "4,096 tokens"),
            ("8k", "8,192 tokens"),
            ("32k", "32,768 tokens"),
            ("128k", "131,072 tokens"))
    {
    }
}
