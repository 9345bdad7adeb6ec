using LlmMemory.Errors;
using LlmMemory.Estimation.Serving.Generic;
using LlmMemory.Estimation.Serving.LlamaCpp;
using LlmMemory.Estimation.Serving.LlamaCpp.FrontEnds;
using LlmMemory.Estimation.Serving.Sglang;
using LlmMemory.Estimation.Serving.TensorRtLlm;
using LlmMemory.Estimation.Serving.Transformers;
using LlmMemory.Estimation.Serving.Vllm;
using LlmMemory.Naming;

namespace LlmMemory.Estimation.Serving;

/// <summary>The engines whose allocations are modelled.</summary>
public static class ServingEngines
{
    /// <summary>What is taken when no engine is said.</summary>
    public static ServingEngine Default { get; } = new GenericEngine();

    /// <summary>All of them.</summary>
    public static NamedCatalogue<ServingEngine> All { get; } = new(
        "engine",
        ErrorIds.EngineUnknown,
        Default,
        new LlamaCppEngine(),
        new OllamaEngine(),
        new LmStudioEngine(),
        new VllmEngine(),
        new SglangEngine(),
        new TensorRtLlmEngine(),
        new TransformersEngine());
}
