using LlmMemory.Workloads;

namespace LlmMemory.Completion;

/// <summary>Completes optimizers; the tooltip says the states.</summary>
public sealed class OptimizerCompleter : NamedCompleter<Optimizer>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public OptimizerCompleter()
        : base(Optimizer.All)
    {
    }
}
