using LlmMemory.Models;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>What an estimate of serving is about.</summary>
internal static class ServingSubject
{
    /// <summary>The subject of one engine.</summary>
    /// <param name="model">The model.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="version">The version whose rules were used.</param>
    /// <param name="workload">The workload, the engine's defaults filled in.</param>
    public static EstimateSubject Of(LlmModel model, ServingEngine engine, string version, InferenceWorkload workload)
    {
        return new EstimateSubject
        {
            Model = model.Name,
            Engine = engine.Name,
            EngineVersion = version,
            Method = EstimateMethod.Architecture,
            Parameters = model.Parameters,
            DataType = model.Quantization ?? model.DataType,
            Mode = EstimateMode.Inference.Name,
            Phases = EstimatePhases.Serving,
            Workload = workload,
        };
    }
}
