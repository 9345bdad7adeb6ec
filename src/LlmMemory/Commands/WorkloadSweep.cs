using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Binding;

namespace LlmMemory.Commands;

/// <summary>Multiplies workloads by the values of a setting.</summary>
internal static class WorkloadSweep
{
    /// <summary>Each workload with each value in turn; one value that is a blank changes nothing.</summary>
    public static IEnumerable<TWorkload> With<TWorkload, T>(
        this IEnumerable<TWorkload> workloads, BoundArgument<T>[] values, Func<TWorkload, T, TWorkload> with)
    {
        return from workload in workloads
               from value in values
               select value.Value is null ? workload : with(workload, value.Value);
    }
}
