namespace LlmMemory.Completion;

/// <summary>Offers common adapter sizes.</summary>
public sealed class AdapterSizeCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public AdapterSizeCompleter()
        : base(
            ("5M", "5,000,000 trained parameters"),
            ("20M", "20,000,000 trained parameters"),
            ("40M", "40,000,000 trained parameters"),
            ("160M", "160,000,000 trained parameters"))
    {
    }
}
