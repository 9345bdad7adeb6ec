namespace LlmMemory.Completion;

/// <summary>Offers the ways in which llama.cpp spreads a model.</summary>
public sealed class SplitModeCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public SplitModeCompleter()
        : base(
            ("layer", "whole layers to each GPU, the default"),
            ("none", "one GPU alone"))
    {
    }
}
