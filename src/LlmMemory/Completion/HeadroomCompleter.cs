namespace LlmMemory.Completion;

/// <summary>Offers usual headrooms.</summary>
public sealed class HeadroomCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public HeadroomCompleter()
        : base(
            ("5%", "a twentieth of each device"),
            ("10%", "a tenth of each device"),
            ("2GB", "2 GiB of each device"),
            ("4GB", "4 GiB of each device"))
    {
    }
}
