namespace LlmMemory.Completion;

/// <summary>Offers usual numbers of ranks, sequences or devices.</summary>
public sealed class RankCountCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public RankCountCompleter()
        : base(
            ("1", "one"),
            ("2", "two"),
            ("4", "four"),
            ("8", "eight, a whole server"),
            ("16", "sixteen"))
    {
    }
}
