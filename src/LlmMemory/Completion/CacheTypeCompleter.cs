using LlmMemory.Workloads.Serving;

namespace LlmMemory.Completion;

/// <summary>Completes types of the KV cache.</summary>
public sealed class CacheTypeCompleter : NamedCompleter<CacheType>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public CacheTypeCompleter()
        : base(CacheTypes.All)
    {
    }
}
