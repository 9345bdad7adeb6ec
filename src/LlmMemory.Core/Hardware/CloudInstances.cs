using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Hardware;

/// <summary>The machine types of clouds that hold GPUs of the catalogue.</summary>
public static class CloudInstances
{
    /// <summary>All of them, with the GPU that each holds.</summary>
    public static IEnumerable<(CloudInstance Instance, Gpu Gpu)> All =>
        GpuCatalogue.All.SelectMany(gpu => gpu.Instances.Select(instance => (instance, gpu)));

    /// <summary>The error for a name that no instance has.</summary>
    /// <param name="name">The name as it was given.</param>
    public static LlmMemoryException Unknown(string name)
    {
        var nearest = string.Join(" or ", NearestSpellings.Find(name ?? string.Empty, All.Select(known => known.Instance.Name).Distinct(StringComparer.Ordinal)));
        var hint = nearest.Length > 0 ? $" Did you mean {nearest}?" : string.Empty;
        return new LlmMemoryException(
            ErrorIds.CloudInstanceUnknown,
            name,
            $"{Quoted.Value(name)} is no known instance of a cloud.{hint} A name is completed with Tab: p5.48xlarge, a3-highgpu-8g.");
    }
}
