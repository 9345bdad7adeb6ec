using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Binding;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Commands;

/// <summary>Multiplies workloads by the values of a setting.</summary>
internal static class WorkloadSweep
{
    /// <summary>Each workload with each value in turn; one value that is a blank changes nothing.</summary>
    public static IEnumerable<InferenceWorkload> With<T>(
        this IEnumerable<InferenceWorkload> workloads, BoundArgument<T>[] values, Func<InferenceWorkload, T, InferenceWorkload> with)
    {
        return from workload in workloads
               from value in values
               select value.Value is null ? workload : with(workload, value.Value);
    }
}
