using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Comparison;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Core.Tests.Comparison;

/// <summary>
/// Logs that the tests carry, written for them after the lines that the engines print, and estimates to compare them with.
/// </summary>
internal static class Logs
{
    public static EngineLog Carried(string name)
    {
        return EngineLog.FromPath(ReferenceData.Carried("logs", name));
    }

    public static EngineLog Of(params string[] lines)
    {
        return EngineLog.FromLines(lines, "test");
    }

    public static string[] Show(EngineLog log)
    {
        return [.. log.Figures.Select(figure => $"{figure.Name}|{figure.Device}|{figure.Bytes ?? figure.Count}|{figure.LineNumber}")];
    }

    public static MemoryEstimate Vllm(InferenceWorkload workload, string? version = null)
    {
        return ServingEngines.All.Find("vLLM").Estimate(Llama(), workload, version);
    }

    public static MemoryEstimate LlamaCpp(InferenceWorkload workload)
    {
        return ServingEngines.All.Find("LlamaCpp").Estimate(WeightFormats.SchemeOf(WeightFormats.All.Find("Q4_K_M")).Quantize(Llama()), workload);
    }

    public static LlmModel Llama()
    {
        return ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-8b"));
    }
}
