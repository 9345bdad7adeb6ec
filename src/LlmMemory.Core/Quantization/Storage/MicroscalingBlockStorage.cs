using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// MXFP4 as gpt-oss stores its experts: blocks of 32 weights in 16 bytes, and a byte of exponent for each. A weight that
/// is a module of its own lies as <see cref="PackedFloats.MxFp4"/>, the same bytes under other names. Source:
/// transformers/integrations/mxfp4.py (gate_up_proj_blocks, gate_up_proj_scales); the bytes of both published models
/// follow to the last one.
/// </summary>
internal sealed record MicroscalingBlockStorage() : WeightStorage("MXFP4")
{
    private const int BlockWeights = 32;

    public override bool CanStore(WeightMatrix weight)
    {
        return weight.Inputs % BlockWeights == 0;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var blocks = weight.Inputs / BlockWeights;
        return !weight.IsStacked
            ? PackedFloats.MxFp4("weight").Store(weight)
            :
            [
                weight.Codes("blocks", SafetensorsDataTypes.U8, Name, weight.Outputs, blocks, BlockWeights / 2),
                weight.Scale("scales", SafetensorsDataTypes.U8, weight.Outputs, blocks),
            ];
    }
}
