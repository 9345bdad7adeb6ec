using LlmMemory.Workloads;

namespace LlmMemory.Completion;

/// <summary>Completes modes.</summary>
public sealed class ModeCompleter : NamedCompleter<EstimateMode>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public ModeCompleter()
        : base(EstimateMode.All)
    {
    }
}
