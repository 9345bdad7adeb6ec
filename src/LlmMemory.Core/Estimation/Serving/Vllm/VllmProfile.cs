namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>What differs between versions of vLLM.</summary>
/// <remarks>
/// Sources: vllm-project/vllm, vllm/v1/worker/gpu_worker.py (determine_available_memory), vllm/engine/arg_utils.py
/// (defaults by device); the coefficients were measured by llm-d-incubation/llm-d-planner (accuracy/results/v0.19.0, 48
/// runs) and in docs/empirical-vllm-memory-results.md there (0.11 and before).
/// </remarks>
/// <param name="Version">The version that the rules were read and measured in.</param>
/// <param name="Minor">The first minor version, 0.x, that they hold for.</param>
/// <param name="SamplerBytesPerLogit">What the sampler holds for each logit in the profile run.</param>
/// <param name="ForwardNonTorchMiB">Memory outside PyTorch that one rank takes in the profile run.</param>
/// <param name="SplitNonTorchMiB">The same of one of several ranks; null for what 0.19 takes.</param>
/// <param name="TritonRowBytes">What Triton's layout of MXFP4 pads the codes of a row to a multiple of.</param>
/// <param name="CountsGraphs">True where CUDA graphs are taken off the budget, false where they come on top.</param>
/// <param name="PrintsConcurrencyTokens">True where the tokens it prints are concurrency times context.</param>
/// <param name="CachesPrefixesOfStates">True where models with states cache prefixes by default.</param>
/// <param name="IsMeasured">True where a measured run of that version stands behind the coefficients.</param>
internal sealed record VllmProfile(
    string Version,
    int Minor,
    double SamplerBytesPerLogit,
    int ForwardNonTorchMiB,
    int? SplitNonTorchMiB,
    int TritonRowBytes,
    bool CountsGraphs,
    bool PrintsConcurrencyTokens,
    bool CachesPrefixesOfStates,
    bool IsMeasured)
{
    /// <summary>The error on models that no coefficient came from; null where no such runs were kept back.</summary>
    public MeasuredError? Error { get; init; }
}
