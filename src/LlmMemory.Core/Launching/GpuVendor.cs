using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Launching;

/// <summary>Who makes the GPUs: it decides what a scheduler calls them.</summary>
public sealed class GpuVendor : NamedChoice
{
    private GpuVendor(string name, string resource, params string[] aliases)
        : base(name, $"{name}: {resource} of Kubernetes", aliases)
    {
        Resource = resource;
    }

    /// <summary>NVIDIA. Source: NVIDIA/k8s-device-plugin README.md.</summary>
    public static GpuVendor Nvidia { get; } = new("NVIDIA", "nvidia.com/gpu", "cuda");

    /// <summary>AMD. Source: ROCm/k8s-device-plugin README.md.</summary>
    public static GpuVendor Amd { get; } = new("AMD", "amd.com/gpu", "rocm");

    /// <summary>
    /// Intel, under the driver xe; under the older i915 the resource ends so. Source:
    /// intel/intel-device-plugins-for-kubernetes cmd/gpu_plugin/README.md.
    /// </summary>
    public static GpuVendor Intel { get; } = new("Intel", "gpu.intel.com/xe", "xpu");

    /// <summary>What is taken when none is said.</summary>
    public static GpuVendor Default => Nvidia;

    /// <summary>All of them.</summary>
    public static NamedCatalogue<GpuVendor> All { get; } = new("maker of GPUs", ErrorIds.GpuVendorUnknown, Nvidia, Amd, Intel);

    /// <summary>The resource that its device plugin for Kubernetes offers.</summary>
    public string Resource { get; }
}
