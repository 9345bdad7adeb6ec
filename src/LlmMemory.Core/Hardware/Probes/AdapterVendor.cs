using System;
using System.Linq;

namespace LlmMemory.Hardware.Probes;

/// <summary>The maker of a display adapter, by the name that the system has for it.</summary>
internal static class AdapterVendor
{
    private static readonly (string Word, string Vendor)[] Known =
        [("NVIDIA", "NVIDIA"), ("AMD", "AMD"), ("Radeon", "AMD"), ("Intel", "Intel"), ("Apple", "Apple")];

    /// <summary>The maker; the name's first word for one that is not known.</summary>
    /// <param name="name">The adapter's name.</param>
    public static string Of(string name)
    {
        return Known.FirstOrDefault(known => name.IndexOf(known.Word, StringComparison.OrdinalIgnoreCase) >= 0).Vendor ?? name.Split(' ')[0];
    }
}
