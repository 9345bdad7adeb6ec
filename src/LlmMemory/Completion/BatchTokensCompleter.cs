namespace LlmMemory.Completion;

/// <summary>Offers usual sizes of a batch of llama.cpp.</summary>
public sealed class BatchTokensCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public BatchTokensCompleter()
        : base(
            ("512", "llama.cpp computes 512 tokens at once"),
            ("1024", "1,024 tokens"),
            ("2048", "a logical batch of llama.cpp has 2,048 tokens"))
    {
    }
}
