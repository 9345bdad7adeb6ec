using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation;

namespace LlmMemory.Commands;

/// <summary>The rules that an estimate followed, in words: what -Verbose says of it.</summary>
internal static class FollowedRules
{
    /// <summary>One sentence for each component, once for all devices that hold it alike.</summary>
    /// <param name="estimate">The estimate.</param>
    public static IEnumerable<string> Of(MemoryEstimate estimate)
    {
        return estimate.Components
            .GroupBy(component => (component.Name, component.Bytes))
            .Select(alike => alike.First())
            .Select(component => $"{estimate.Engine ?? estimate.Framework} {estimate.EngineVersion ?? estimate.FrameworkVersion}, {component.Name} of {component.Bytes} bytes: {component.Formula} ({component.Source})");
    }
}
