using System;
using System.Linq;
using LlmMemory.Hardware;

namespace LlmMemory.Completion;

/// <summary>Completes makers of GPUs; the tooltip says how many of theirs are known.</summary>
public sealed class GpuVendorCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public GpuVendorCompleter()
        : base([.. GpuCatalogue.All.GroupBy(gpu => gpu.Vendor).Select(own => (own.Key, FormattableString.Invariant($"{own.Count()} kinds, such as {own.First().Name}")))])
    {
    }
}
