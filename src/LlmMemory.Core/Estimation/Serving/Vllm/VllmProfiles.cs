using System;
using System.Globalization;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>The versions of vLLM whose rules are known.</summary>
internal static class VllmProfiles
{
    private const int OldestMinor = 8;

    private static readonly VllmProfile[] All =
    [
        new("0.11", OldestMinor, 38.33, 133, 558, 1, CountsGraphs: false, PrintsConcurrencyTokens: false, CachesPrefixesOfStates: false, IsMeasured: true),
        new("0.17", 17, 14.85, 133, null, 64, CountsGraphs: false, PrintsConcurrencyTokens: false, CachesPrefixesOfStates: false, IsMeasured: false),
        new("0.19", 18, 14.85, 256, null, 64, CountsGraphs: false, PrintsConcurrencyTokens: false, CachesPrefixesOfStates: false, IsMeasured: true)
        {
            Error = new(14, 10, 0.971, 1.032, "llm-d-incubation/llm-d-planner @d3121e0, accuracy/results/v0.19.0"),
        },
        new("0.20", 20, 14.85, 256, null, 64, CountsGraphs: false, PrintsConcurrencyTokens: true, CachesPrefixesOfStates: false, IsMeasured: false),
        new("0.21", 21, 14.85, 256, null, 64, CountsGraphs: true, PrintsConcurrencyTokens: true, CachesPrefixesOfStates: false, IsMeasured: false),
        new("0.28", 28, 14.85, 256, null, 64, CountsGraphs: true, PrintsConcurrencyTokens: true, CachesPrefixesOfStates: true, IsMeasured: false),
    ];

    /// <summary>The profile that is taken when no version is said: the newest that was measured.</summary>
    public static VllmProfile Default { get; } = All.Last(profile => profile.IsMeasured);

    /// <summary>The profile of a version: the newest that is not newer.</summary>
    /// <param name="version">0.19, 0.19.1 or v0.19; the default profile when null.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineVersionUnknown"/>.</exception>
    public static VllmProfile Find(string? version)
    {
        if (version is null)
        {
            return Default;
        }

        var parts = version.Trim().TrimStart('v', 'V').Split('.');
        if (parts.Length >= 2
            && parts[0] == "0"
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            && minor >= OldestMinor)
        {
            return Array.FindLast(All, profile => profile.Minor <= minor)!;
        }

        throw new LlmMemoryException(
            ErrorIds.EngineVersionUnknown,
            version,
            $"{Quoted.Value(version)} is no version of vLLM whose rules are known. Known are 0.{OldestMinor} and later: write 0.19.");
    }
}
