using LlmMemory.Hardware;

namespace LlmMemory.Completion;

/// <summary>Completes GPUs of the catalogue; the tooltip says what a program can use, and how fast it is read.</summary>
public sealed class GpuNameCompleter : NamedCompleter<Gpu>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public GpuNameCompleter()
        : base(GpuCatalogue.All)
    {
    }
}
