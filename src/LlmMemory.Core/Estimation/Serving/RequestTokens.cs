using System;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>The tokens of a workload's requests in a cache that keeps what they all begin with once.</summary>
/// <param name="Length">The tokens of one request, at most those of the context.</param>
/// <param name="Shared">Those of them that all requests have in common; 0 where each keeps its own.</param>
internal readonly record struct RequestTokens(long Length, long Shared)
{
    /// <summary>The tokens of a workload's requests.</summary>
    /// <param name="resolved">The workload, context and prefix caching filled in.</param>
    public static RequestTokens Of(InferenceWorkload resolved)
    {
        var context = resolved.ContextLength!.Value;
        var length = resolved is { PromptLength: null, OutputLength: null }
            ? context
            : Math.Min(context, checked((resolved.PromptLength ?? 0) + (resolved.OutputLength ?? 0)));
        var shared = resolved.PrefixCaching == true ? Math.Min(resolved.SharedPrefixLength ?? 0, Math.Max(0, length - 1)) : 0;
        return new RequestTokens(length, shared);
    }

    /// <summary>The tokens that so many requests keep.</summary>
    /// <param name="requests">The requests, at least one.</param>
    public long TokensOf(long requests)
    {
        return checked(Shared + ((Length - Shared) * requests));
    }

    /// <summary>The requests that so many tokens hold.</summary>
    /// <param name="tokens">The tokens.</param>
    public long RequestsIn(long tokens)
    {
        return Math.Max(0, (tokens - Shared) / Math.Max(1, Length - Shared));
    }
}
