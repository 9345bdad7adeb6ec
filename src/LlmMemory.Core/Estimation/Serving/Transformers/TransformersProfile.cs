using System;
using LlmMemory.Errors;

namespace LlmMemory.Estimation.Serving.Transformers;

/// <summary>What differs between versions of Transformers.</summary>
/// <param name="Version">The version that the rules hold from.</param>
/// <param name="HasAllLogits">True where a pass over the prompt makes the logits of every position, not of the last.</param>
internal sealed record TransformersProfile(string Version, bool HasAllLogits)
{
    private static readonly Version LastLogitsOnly = new(4, 45);

    /// <summary>The profile of a version.</summary>
    /// <param name="version">4.44.2 or 4.45; the newest when null.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineVersionUnknown"/>.</exception>
    public static TransformersProfile Find(string? version)
    {
        if (version is null)
        {
            return new("4.45", HasAllLogits: false);
        }

        return System.Version.TryParse(version.Trim().TrimStart('v', 'V'), out var parsed) && parsed.Major >= 4
            ? parsed < LastLogitsOnly ? new("4.37", HasAllLogits: true) : new("4.45", HasAllLogits: false)
            : throw new LlmMemoryException(
                ErrorIds.EngineVersionUnknown,
                version,
                $"{Quoted.Value(version)} is no version of Transformers whose rules are known. Known are 4.0 and later: write 4.45.");
    }
}
