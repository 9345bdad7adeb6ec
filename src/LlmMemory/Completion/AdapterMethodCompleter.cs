using LlmMemory.Adapters;

namespace LlmMemory.Completion;

/// <summary>Completes adapter methods; the tooltip says what they bring.</summary>
public sealed class AdapterMethodCompleter : NamedCompleter<AdapterMethod>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public AdapterMethodCompleter()
        : base(AdapterMethod.All)
    {
    }
}
