namespace LlmMemory.Estimation.Serving.Sglang;

/// <summary>How large SGLang's pools are.</summary>
/// <param name="Tokens">The tokens that layers keep; max_total_num_tokens.</param>
/// <param name="SlidingTokens">The tokens of the smaller pool for layers with a window.</param>
/// <param name="Slots">The slots for states; max_mamba_cache_size.</param>
internal readonly record struct SglangPoolSize(long Tokens, long SlidingTokens, long Slots);
