using System;
using System.Collections.Generic;

namespace LlmMemory.Adapters.Targets;

/// <summary>
/// Modules whose weights the fused kernels of Mamba read past an adapter, so that PEFT refuses LoRA and AdaLoRA beside
/// them. Source: huggingface/peft src/peft/tuners/tuners_utils.py, _check_lora_target_modules_mamba.
/// </summary>
internal static class MambaModules
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "falcon_h1", "mamba", "mamba2", "falcon_mamba", "nemotron_h",
    };

    /// <summary>True for a module of that name in a model of that type.</summary>
    public static bool Contains(string? modelType, string module)
    {
        return modelType is not null && Types.Contains(modelType) && (module is "out_proj" or "conv1d");
    }
}
