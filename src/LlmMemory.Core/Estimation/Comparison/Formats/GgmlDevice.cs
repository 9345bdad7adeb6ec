using System.Globalization;
using System.Text.RegularExpressions;

namespace LlmMemory.Estimation.Comparison.Formats;

/// <summary>
/// Devices as ggml names their buffers: <c>CUDA0</c>, <c>CUDA_Host</c>, <c>CPU_Mapped</c>, <c>MTL0_Mapped</c>,
/// <c>RPC0[10.0.0.2:50052]</c>. Source: ggml-org/llama.cpp, ggml/src (get_name of the buffer types).
/// </summary>
internal static class GgmlDevice
{
    // Memory of the host that a GPU may read has the GPU's name, and _Host behind it.
    private static readonly LogPattern Host = new(string.Empty, @"^(?:CPU|AMX|BLAS|[A-Za-z]+\d*_Host)(?:_\w+)?$");

    private static readonly LogPattern Gpu = new(
        string.Empty, @"^(?:CUDA|ROCm|HIP|MUSA|Vulkan|SYCL|CANN|MTL|Metal|OpenCL|GPUOpenCL|Kompute)(?<i>\d{1,4})?(?:_Mapped|_Private)?$");

    /// <summary>The place that a device's name means.</summary>
    public static LogPlace PlaceOf(string name)
    {
        if (Host.In(name) is not null)
        {
            return new LogPlace(LogPlaceKind.Host, name);
        }

        return Gpu.In(name) is { } gpu
            ? new LogPlace(LogPlaceKind.Gpu, name) { Index = IndexOf(gpu.Groups["i"]) }
            : new LogPlace(LogPlaceKind.Other, name);
    }

    private static int IndexOf(Group digits)
    {
        return digits.Success ? int.Parse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }
}
