using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Hardware;

/// <summary>The GPUs that the engine knows by name, offline. Read when somebody first asks.</summary>
public static class GpuCatalogue
{
    private const string Resource = "LlmMemory.Hardware.gpus.jsonl";

    private static readonly Lazy<NamedCatalogue<Gpu>> Loaded = new(Load);

    /// <summary>
    /// All of them. Look-up takes the name, the name without its memory or its brand where only one GPU is called so
    /// (<c>H100 SXM5</c>, <c>4090</c>), and the names that the drivers' tools print.
    /// </summary>
    public static NamedCatalogue<Gpu> All => Loaded.Value;

    /// <summary>The makers, in the order in which their GPUs are listed.</summary>
    public static IReadOnlyList<string> Vendors => [.. All.Select(gpu => gpu.Vendor).Distinct(StringComparer.Ordinal)];

    /// <summary>The error for a name that no maker has.</summary>
    /// <param name="name">The name as it was given.</param>
    public static LlmMemoryException UnknownVendor(string name)
    {
        return new LlmMemoryException(
            ErrorIds.GpuVendorUnknown, name, $"{Quoted.Value(name)} is no known maker of GPUs. Known: {string.Join(", ", Vendors)}.");
    }

    private static NamedCatalogue<Gpu> Load()
    {
        var entries = GpuLine.ReadAll(ReadResource());
        var names = GpuSpellings.Resolve(entries);
        return new NamedCatalogue<Gpu>(
            "GPU",
            ErrorIds.GpuUnknown,
            "Get-LlmGpu lists the GPUs that are built in.",
            [.. entries.Where(entry => !entry.IsFurther).Select(entry => entry.ToGpu(names[entry]))],
            [.. entries.Where(entry => entry.IsFurther).Select(entry => entry.ToGpu(names[entry]))]);
    }

    private static byte[] ReadResource()
    {
        using var stream = typeof(GpuCatalogue).Assembly.GetManifestResourceStream(Resource)
            ?? throw new FileNotFoundException("The catalogue of GPUs is missing from the assembly.", Resource);
        var bytes = new byte[stream.Length];
        var read = 0;
        while (read < bytes.Length)
        {
            read += stream.Read(bytes, read, bytes.Length - read);
        }

        return bytes;
    }
}
