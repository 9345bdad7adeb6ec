using LlmMemory.Errors;

namespace LlmMemory.Estimation.Serving.TensorRtLlm;

/// <summary>What differs between TensorRT-LLM's two ways: engines that are built, and models that PyTorch runs.</summary>
/// <remarks>
/// Sources: NVIDIA/TensorRT-LLM, docs/source/reference/memory.md and tensorrt_llm/llmapi/llm_args.py (KvCacheConfig);
/// the memory beside weights and cache is what ai-dynamo/aiconfigurator measured for either (systems, other_mem).
/// </remarks>
/// <param name="Version">The version that the rules hold from.</param>
/// <param name="OtherMiB">CUDA, its libraries and what the engine keeps for itself.</param>
/// <param name="BlockTokens">The tokens of a block of the cache.</param>
internal sealed record TensorRtLlmProfile(string Version, long OtherMiB, long BlockTokens)
{
    private static readonly TensorRtLlmProfile Built = new("0.5", 551, 64);

    private static readonly TensorRtLlmProfile Run = new("1.0", 3584, 32);

    /// <summary>The profile of a version.</summary>
    /// <param name="version">0.8 or 1.0.1; the newest when null.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineVersionUnknown"/>.</exception>
    public static TensorRtLlmProfile Find(string? version)
    {
        if (version is null)
        {
            return Run;
        }

        return System.Version.TryParse(version.Trim().TrimStart('v', 'V'), out var parsed) && (parsed.Major >= 1 || parsed.Minor >= 5)
            ? parsed.Major >= 1 ? Run : Built
            : throw new LlmMemoryException(
                ErrorIds.EngineVersionUnknown,
                version,
                $"{Quoted.Value(version)} is no version of TensorRT-LLM whose rules are known. Known are 0.5 and later: write 1.0.");
    }
}
