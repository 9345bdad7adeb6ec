namespace LlmMemory.Completion;

/// <summary>Offers common model sizes.</summary>
public sealed class ModelSizeCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public ModelSizeCompleter()
        : base(
            ("350M", "350,000,000 parameters"),
            ("1B", "1,000,000,000 parameters"),
            ("3B", "3,000,000,000 parameters"),
            ("7B", "7,000,000,000 parameters"),
            ("8B", "8,000,000,000 parameters"),
            ("13B", "13,000,000,000 parameters"),
            ("32B", "32,000,000,000 parameters"),
            ("70B", "70,000,000,000 parameters"),
            ("405B", "405,000,000,000 parameters"),
            ("1T", "1,000,000,000,000 parameters"))
    {
    }
}
