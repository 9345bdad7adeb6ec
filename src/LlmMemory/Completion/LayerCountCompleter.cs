namespace LlmMemory.Completion;

/// <summary>Offers numbers of layers.</summary>
public sealed class LayerCountCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public LayerCountCompleter()
        : base(
            ("0", "none"),
            ("16", "sixteen"),
            ("32", "thirty-two"),
            ("99", "all, whatever the model"))
    {
    }
}
