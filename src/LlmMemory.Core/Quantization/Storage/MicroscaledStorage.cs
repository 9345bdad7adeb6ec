using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// 4-bit floats in short blocks along the inputs, each with a scale of one byte. MXFP4 (OCP microscaling): 32 codes and
/// a power of two, as gpt-oss has it (its files add up to the byte). NVFP4 (modelopt): 16 codes and an 8-bit float, and
/// for the tensor two F32 scales more, of the weight and of what comes in.
/// </summary>
internal sealed class MicroscaledStorage : WeightStorage
{
    private readonly int _blockSize;
    private readonly DataType _scale;
    private readonly bool _hasTensorScales;

    private MicroscaledStorage(string name, int blockSize, DataType scale, bool hasTensorScales)
    {
        Name = name;
        _blockSize = blockSize;
        _scale = scale;
        _hasTensorScales = hasTensorScales;
    }

    /// <summary>MXFP4.</summary>
    public static MicroscaledStorage Mxfp4 { get; } = new("MXFP4", 32, SafetensorsDataTypes.U8, hasTensorScales: false);

    /// <summary>NVFP4.</summary>
    public static MicroscaledStorage Nvfp4 { get; } = new("NVFP4", 16, SafetensorsDataTypes.F8_E4M3, hasTensorScales: true);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var blocks = CeilingDivide(weight.Inputs, _blockSize);
        yield return weight.Codes(
            Name, _hasTensorScales ? "weight" : "blocks", SafetensorsDataTypes.U8, weight.Outputs, blocks * _blockSize / 2);
        yield return weight.Scale(_hasTensorScales ? "weight_scale" : "scales", _scale, weight.Outputs, blocks);
        if (_hasTensorScales)
        {
            yield return weight.Scale("weight_scale_2", DataTypeCatalogue.F32);
            yield return weight.Scale("input_scale", DataTypeCatalogue.F32);
        }
    }
}
