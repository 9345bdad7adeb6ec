namespace LlmMemory.Completion;

/// <summary>Offers common ranks.</summary>
public sealed class RankCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public RankCompleter()
        : base(
            ("8", "8: PEFT's default for LoRA"),
            ("16", "16: what most recipes take"),
            ("32", "32: twice the weights of 16"),
            ("64", "64: QLoRA's own recipe"),
            ("256", "256: PEFT's default for VeRA"))
    {
    }
}
