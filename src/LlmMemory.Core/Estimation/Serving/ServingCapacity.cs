using System.Globalization;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Serving;

/// <summary>What an engine that gives the rest of its memory to the cache can serve with it.</summary>
public sealed class ServingCapacity
{
    internal ServingCapacity(long cacheBytes)
    {
        CacheBytes = cacheBytes;
    }

    /// <summary>The cache of one rank; 0 or less where nothing is left for it.</summary>
    public long CacheBytes { get; }

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double CacheGiB => ByteSize.ToGiB(CacheBytes);

    /// <summary>The tokens of one block.</summary>
    public long BlockTokens { get; internal init; }

    /// <summary>The blocks of the cache, as the engine counts and prints them.</summary>
    public long Blocks { get; internal init; }

    /// <summary>The tokens of the cache, as the engine prints them at its start.</summary>
    public long Tokens { get; internal init; }

    /// <summary>The requests of full length that the cache holds at once, as the engine prints them at its start.</summary>
    public double MaxConcurrency { get; internal init; }

    /// <summary>The requests of the workload's length that really run at once.</summary>
    public long WorkloadConcurrency { get; internal init; }

    /// <summary>The tokens of the longest single request.</summary>
    public long LongestRequest { get; internal init; }

    /// <summary>True where the engine starts with these settings.</summary>
    public bool Starts => Refusal is null;

    /// <summary>Why the engine does not start; null where it does.</summary>
    public string? Refusal { get; internal init; }

    /// <summary>Tokens and concurrency in one line.</summary>
    public override string ToString()
    {
        return Refusal
            ?? string.Format(CultureInfo.InvariantCulture, "{0:N0} tokens, {1:0.##} requests of full length", Tokens, MaxConcurrency);
    }
}
