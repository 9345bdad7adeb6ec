using LlmMemory.Hardware;

namespace LlmMemory.Completion;

/// <summary>Completes names of GPUs.</summary>
public sealed class GpuCompleter : NamedCompleter<Gpu>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public GpuCompleter()
        : base(GpuCatalogue.All)
    {
    }
}
