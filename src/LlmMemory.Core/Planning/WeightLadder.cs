using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;
using LlmMemory.Naming;
using LlmMemory.Quantization;

namespace LlmMemory.Planning;

/// <summary>The ways to store weights that planning tries, fewest bits first: those that the engine or framework loads.</summary>
internal static class WeightLadder
{
    // llama-quantize's mixtures by their bits per weight; ggml-org/llama.cpp, tools/quantize/README.md.
    private static readonly string[] Gguf = ["IQ2_M", "Q2_K", "IQ3_M", "Q3_K_M", "IQ4_XS", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0", "BF16"];

    // vllm-project/vllm, docs/features/quantization; SGLang and TensorRT-LLM load the same kinds.
    private static readonly string[] Servers = ["AWQ", "FP8", "BF16"];

    // bitsandbytes in transformers, for the frozen base of an adapter.
    private static readonly string[] FrozenBase = ["NF4", "INT8", "BF16"];

    private static readonly string[] Plain = ["INT4", "INT8", "BF16", "F32"];

    /// <summary>The formats for a case.</summary>
    public static IReadOnlyList<INamed> Of(EstimateCase asked)
    {
        var names = asked switch
        {
            ServingCase { Prepared.Engine.Splitting: DeviceSplitting.Count } => Gguf,
            ServingCase { Prepared.Engine.Splitting: DeviceSplitting.None } => FrozenBase,
            ServingCase => Servers,
            TrainingCase { Adapter: not null } => FrozenBase,
            TrainingCase => ["BF16", "F32"],
            _ => Plain,
        };
        return [.. names.Select(WeightFormats.All.Find)];
    }

    /// <summary>Those with fewer bits than a case has now, the most first.</summary>
    public static IEnumerable<INamed> Below(EstimateCase asked)
    {
        var now = asked.Estimate();
        return Of(asked).Reverse().Where(format => !IsSame(format, now) && BitsOf(asked, format) < BitsOf(now));
    }

    private static bool IsSame(INamed format, MemoryEstimate now)
    {
        return format.Name == now.DataType;
    }

    private static double BitsOf(MemoryEstimate estimate)
    {
        return 8.0 * (estimate.WeightBytes ?? estimate.TotalBytes) / estimate.Parameters;
    }

    private static double BitsOf(EstimateCase asked, INamed format)
    {
        try
        {
            return BitsOf(asked.StoredAs(format).Estimate());
        }
        catch (LlmMemoryException)
        {
            return double.MaxValue;
        }
    }
}
