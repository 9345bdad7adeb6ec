using System.Globalization;
using LlmMemory.Estimation.Cases;
using LlmMemory.Hardware;

namespace LlmMemory.Planning.Deployments;

/// <summary>
/// Which devices an engine runs on. Sources: vllm-project/vllm, docs/getting_started/installation (NVIDIA from compute
/// capability 7.0, AMD, Intel, TPU); NVIDIA/TensorRT-LLM, docs/source/reference/support-matrix; sgl-project/sglang,
/// docs/platforms; ggml-org/llama.cpp, docs/build.md (its backends).
/// </summary>
internal static class EngineDevices
{
    /// <summary>Why an engine does not run on a device; null where it does, and where nothing is served.</summary>
    public static string? Refusal(EstimateCase asked, Gpu gpu)
    {
        return asked is not ServingCase served ? null : (served.Prepared.Engine.Name, gpu.Vendor) switch
        {
            ("TensorRT-LLM", not "NVIDIA") => $"TensorRT-LLM runs on NVIDIA's devices alone, and {gpu.Name} is {gpu.Vendor}'s.",
            ("TensorRT-LLM", _) when Capability(gpu) < 8 => $"TensorRT-LLM takes compute capability 8.0 or more, and {gpu.Name} has {gpu.ComputeCapability}.",
            ("vLLM" or "SGLang", "Apple") => $"{served.Prepared.Engine.Name} does not run on Apple's GPUs.",
            ("vLLM", "NVIDIA") when Capability(gpu) < 7 => $"vLLM takes compute capability 7.0 or more, and {gpu.Name} has {gpu.ComputeCapability}.",
            ("SGLang", "NVIDIA") when Capability(gpu) < 7.5 => $"SGLang takes compute capability 7.5 or more, and {gpu.Name} has {gpu.ComputeCapability}.",
            ("LlamaCpp" or "Ollama" or "LMStudio", "Google" or "AWS") => $"llama.cpp has no backend for {gpu.Vendor}'s devices.",
            _ => null,
        };
    }

    /// <summary>What is to be known of an engine on a device; null for nothing.</summary>
    public static string? Note(EstimateCase asked, Gpu gpu)
    {
        return asked is not ServingCase { Prepared.Engine.Name: "vLLM" or "SGLang" or "TensorRT-LLM" } served
            ? null
            : gpu.Vendor != "NVIDIA"
                ? $"{served.Prepared.Engine.Name}'s memory was measured on NVIDIA's devices alone; {gpu.Name} is {gpu.Vendor}'s."
                : Capability(gpu) < 8
                    ? $"{gpu.Name} has no BF16: weights in BF16 are computed in F16 (--dtype half), in as many bytes."
                    : null;
    }

    private static double Capability(Gpu gpu)
    {
        return double.TryParse(gpu.ComputeCapability, NumberStyles.Float, CultureInfo.InvariantCulture, out var capability) ? capability : double.MaxValue;
    }
}
