namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// How the kernels that vLLM takes for experts in MXFP4 want them in memory. Which it takes goes by the device: Triton's
/// on Hopper, TensorRT-LLM's (by FlashInfer) on data-centre Blackwell, Marlin's on all other NVIDIA devices and beside
/// adapters. Sources: vllm-project/vllm, vllm/model_executor/layers/fused_moe/oracle/mxfp4.py
/// (select_mxfp4_moe_backend, mxfp4_round_up_hidden_size_and_intermediate_size, convert_to_mxfp4_moe_kernel_format);
/// triton-lang/triton, python/triton_kernels/triton_kernels/tensor_details/layout_details/hopper_scale.py and
/// hopper_value.py.
/// </summary>
/// <param name="Name">Whose kernels they are.</param>
/// <param name="HiddenMultiple">What the width of the hidden states is padded to a multiple of.</param>
/// <param name="IntermediateMultiple">What a rank's width inside an expert is padded to a multiple of.</param>
/// <param name="BiasBytes">The bytes of a bias.</param>
/// <param name="RowBytesMultiple">What the codes of a row are padded to a multiple of.</param>
/// <param name="KeepsScales">True where the scales stay as they were loaded, beside their copy for the kernel.</param>
internal sealed record Mxfp4Kernels(
    string Name, int HiddenMultiple, int IntermediateMultiple, int BiasBytes, int RowBytesMultiple = 1, bool KeepsScales = false)
{
    private const long GiB = 1L << 30;

    // A100 and H100 are the smallest of the data centre; from B200 on there is more than twice as much.
    private const long SmallestHopper = 70 * GiB;
    private const long SmallestBlackwell = 160 * GiB;

    private const int BlockWeights = 32;
    private const int ScaleRowMultiple = 256;

    private static readonly Mxfp4Kernels Marlin = new("Marlin", 256, 128, 2);
    private static readonly Mxfp4Kernels TensorRtLlm = new("TensorRT-LLM", 256, 256, 4);
    private static readonly Mxfp4Kernels Triton = new("Triton", 1, 64, 4, KeepsScales: true);

    /// <summary>The kernels that vLLM takes.</summary>
    /// <param name="settings">The settings; the generation of a device is told by its memory.</param>
    /// <param name="profile">The version.</param>
    public static Mxfp4Kernels Of(VllmSettings settings, VllmProfile profile)
    {
        return settings.Resolved switch
        {
            { LoraSlots: not null } or { DeviceMemory: < SmallestHopper } => Marlin,
            { DeviceMemory: >= SmallestBlackwell } => TensorRtLlm,
            _ => Triton with { RowBytesMultiple = profile.TritonRowBytes },
        };
    }

    /// <summary>The bytes of a layer's experts on one rank.</summary>
    /// <param name="experts">The experts on the rank.</param>
    /// <param name="hidden">The width that they work on.</param>
    /// <param name="intermediate">The rank's width inside each.</param>
    /// <param name="ups">The projections up, of the same width: 2 where one is the gate.</param>
    /// <param name="hasBias">True where each projection has a bias.</param>
    public long BytesOf(long experts, long hidden, long intermediate, int ups, bool hasBias)
    {
        var (width, inside) = (Padded(hidden, HiddenMultiple), Padded(intermediate, IntermediateMultiple));
        var bias = hasBias ? ((ups * inside) + width) * BiasBytes : 0;
        return checked(experts * (MatrixBytes(ups * inside, width) + MatrixBytes(width, inside) + bias));
    }

    private long MatrixBytes(long rows, long columns)
    {
        var blocks = VllmCacheKind.Ceiling(columns, BlockWeights);
        var kept = KeepsScales ? rows * blocks : 0;
        var scales = KeepsScales ? Padded(rows, ScaleRowMultiple) * Padded(blocks, 2) : rows * blocks;
        return checked((rows * Padded(columns / 2, RowBytesMultiple)) + kept + scales);
    }

    private static long Padded(long length, long multiple)
    {
        return VllmCacheKind.Ceiling(length, multiple) * multiple;
    }
}
