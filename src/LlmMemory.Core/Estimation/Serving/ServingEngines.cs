using LlmMemory.Errors;
using LlmMemory.Estimation.Serving.Transformers;
using LlmMemory.Estimation.Serving.Vllm;
using LlmMemory.Naming;

namespace LlmMemory.Estimation.Serving;

/// <summary>The engines whose allocations are modelled.</summary>
public static class ServingEngines
{
    /// <summary>All of them.</summary>
    public static NamedCatalogue<ServingEngine> All { get; } = new(
        "engine",
        ErrorIds.EngineUnknown,
        new VllmEngine(),
        new TransformersEngine());
}
