namespace LlmMemory.Completion;

/// <summary>Offers layouts of a pipeline in Megatron's notation.</summary>
public sealed class PipelineLayoutCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public PipelineLayoutCompleter()
        : base(
            ("Et*7|t*8|t*8|t*7L", "30 layers in 4 pieces, fewer in those with embedding and loss"),
            ("Et*3|(tt|)*14t*3L", "34 layers in 16 pieces"),
            ("E|(t|)*6L", "6 layers in 8 pieces, embedding and loss by themselves"))
    {
    }
}
