using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// 4-bit floats (E2M1), two in a byte along the inputs, with an 8-bit scale for each group: NVFP4 (16 weights, E4M3,
/// and scales for the whole weight) and MXFP4 (32 weights, E8M0). Sources: vllm, quantization/modelopt.py
/// (ModelOptNvFp4LinearMethod) and compressed_tensors_w4a4_nvfp4.py; Quark and compressed-tensors for MXFP4.
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="GroupSize">Inputs that share a scale.</param>
/// <param name="ScaleType">How a group's scale is stored.</param>
internal sealed record PackedFloatStorage(string Name, long GroupSize, DataType ScaleType) : WeightStorage(Name)
{
    /// <summary>What the codes are called.</summary>
    public string CodeName { get; init; } = "weight";

    /// <summary>How a byte of codes is stored.</summary>
    public DataType CodeType { get; init; } = SafetensorsDataTypes.U8;

    /// <summary>What the groups' scales are called.</summary>
    public string ScaleName { get; init; } = "weight_scale";

    /// <summary>Single-precision scales for the whole weight, or for its input.</summary>
    public IReadOnlyList<string> GlobalScales { get; init; } = [];

    /// <summary>The shape of those scales: none for a single number, one for a list of one.</summary>
    public IReadOnlyList<long> GlobalShape { get; init; } = [];

    public override bool CanStore(WeightMatrix weight)
    {
        return weight.Inputs % GroupSize == 0;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        yield return weight.Codes(CodeName, CodeType, Name, weight.Outputs, weight.Inputs / 2);
        yield return weight.Scale(ScaleName, ScaleType, weight.Outputs, weight.Inputs / GroupSize);
        foreach (var name in GlobalScales)
        {
            yield return weight.Scale(name, DataTypeCatalogue.F32, [.. GlobalShape]);
        }
    }
}
