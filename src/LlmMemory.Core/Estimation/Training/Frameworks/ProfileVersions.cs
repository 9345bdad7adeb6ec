using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Estimation.Training.Frameworks;

/// <summary>Finds the rules of a version among those that are known.</summary>
internal static class ProfileVersions
{
    /// <summary>The last profile that begins at the version or before it; the newest where none is asked for.</summary>
    /// <param name="profiles">The profiles, the newest last.</param>
    /// <param name="from">The version that a profile begins at.</param>
    /// <param name="version">The version that is asked for.</param>
    /// <param name="versionOf">What the version is of.</param>
    /// <param name="framework">The framework's name.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.FrameworkVersionUnknown"/>.</exception>
    public static T Find<T>(IReadOnlyList<T> profiles, Func<T, string> from, string? version, string versionOf, string framework)
        where T : class
    {
        if (version is null)
        {
            return profiles[profiles.Count - 1];
        }

        var digits = version.Trim().TrimStart('v', 'V');
        var isRead = Version.TryParse(digits, out var parsed) || Version.TryParse(digits + ".0", out parsed);
        return (isRead ? profiles.LastOrDefault(profile => Version.Parse(from(profile)) <= parsed) : null)
            ?? throw new LlmMemoryException(
                ErrorIds.FrameworkVersionUnknown,
                version,
                $"{Quoted.Value(version)} is no version of {versionOf} whose rules are known for {framework}. "
                + $"Known are {from(profiles[0])} and later: write {from(profiles[profiles.Count - 1])}.");
    }
}
