namespace LlmMemory.Completion;

/// <summary>Offers versions of engines whose rules are known.</summary>
public sealed class EngineVersionCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public EngineVersionCompleter()
        : base(
            ("0.11", "vLLM up to 0.16, measured"),
            ("0.19", "vLLM, measured, and its default"),
            ("0.21", "vLLM from 0.21 on, not measured"),
            ("4.44", "Transformers before 4.45: logits of the whole prompt"),
            ("0.5.0", "llama.cpp"))
    {
    }
}
