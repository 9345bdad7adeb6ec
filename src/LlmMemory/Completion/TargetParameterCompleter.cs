namespace LlmMemory.Completion;

/// <summary>Offers the stacked experts, which no name of a module reaches.</summary>
public sealed class TargetParameterCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public TargetParameterCompleter()
        : base(
            ("experts.gate_up_proj", "experts.gate_up_proj: gate and up of all experts of a layer in one tensor"),
            ("experts.down_proj", "experts.down_proj: down projections of all experts of a layer in one tensor"))
    {
    }
}
