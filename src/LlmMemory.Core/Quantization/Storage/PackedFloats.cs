using LlmMemory.DataTypes;

namespace LlmMemory.Quantization.Storage;

/// <summary>The microscaling formats as the tools that write them name their tensors.</summary>
internal static class PackedFloats
{
    /// <summary>8-bit floats with an exponent for each 32. Source: vllm, quantization/modelopt.py (MXFP8).</summary>
    public static BlockScaledStorage MxFp8 { get; } =
        new("MXFP8", SafetensorsDataTypes.F8_E4M3, SafetensorsDataTypes.U8, 1, 32) { ScaleName = "weight_scale" };

    /// <summary>
    /// NVFP4 of NVIDIA's ModelOpt: two numbers for the whole weight, one for its input. Source: vllm,
    /// quantization/modelopt.py (ModelOptNvFp4LinearMethod: weight_scale_2, input_scale).
    /// </summary>
    /// <param name="quantizesInputs">True where inputs are 4-bit as well.</param>
    public static PackedFloatStorage NvFp4OfModelOpt(bool quantizesInputs)
    {
        return new PackedFloatStorage("NVFP4", 16, SafetensorsDataTypes.F8_E4M3)
        {
            GlobalScales = quantizesInputs ? ["weight_scale_2", "input_scale"] : ["weight_scale_2"],
        };
    }

    /// <summary>
    /// NVFP4 of compressed-tensors. Source: vllm, compressed_tensors/schemes/compressed_tensors_w4a4_nvfp4.py
    /// (weight_packed, weight_global_scale, input_global_scale).
    /// </summary>
    /// <param name="quantizesInputs">True where inputs are 4-bit as well.</param>
    public static PackedFloatStorage NvFp4OfCompressedTensors(bool quantizesInputs)
    {
        return new PackedFloatStorage("NVFP4", 16, SafetensorsDataTypes.F8_E4M3)
        {
            CodeName = "weight_packed",
            GlobalScales = quantizesInputs ? ["weight_global_scale", "input_global_scale"] : ["weight_global_scale"],
            GlobalShape = [1],
        };
    }

    /// <summary>MXFP4 of linear layers, as compressed-tensors, Quark and ModelOpt write it.</summary>
    /// <param name="codeName">What the codes are called.</param>
    public static PackedFloatStorage MxFp4(string codeName)
    {
        return new PackedFloatStorage("MXFP4", 32, SafetensorsDataTypes.U8) { CodeName = codeName };
    }
}
