using LlmMemory.Estimation.Serving;

namespace LlmMemory.Completion;

/// <summary>Completes engines.</summary>
public sealed class EngineCompleter : NamedCompleter<ServingEngine>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public EngineCompleter()
        : base(ServingEngines.All)
    {
    }
}
