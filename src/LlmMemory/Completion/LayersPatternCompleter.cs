namespace LlmMemory.Completion;

/// <summary>Offers what stands before the numbers of layers in the paths of modules.</summary>
public sealed class LayersPatternCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public LayersPatternCompleter()
        : base(
            ("layers", "layers: Llama, Qwen, Mistral, Gemma and most others"),
            ("h", "h: GPT-2, Falcon, BLOOM"),
            ("layer", "layer: BERT and its relatives"),
            ("block", "block: T5"))
    {
    }
}
