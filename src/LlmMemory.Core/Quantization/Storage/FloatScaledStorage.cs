using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// 8-bit codes with scales beside them: one for the tensor, one for each output, or one for each block of a tile.
/// Sources: DeepSeek-V3's weight_scale_inv of [ceil(outputs / 128), ceil(inputs / 128)] in F32, whose count with the
/// codes is the published total of 684,531,386,000; modelopt's weight_scale and input_scale, one F32 each.
/// </summary>
internal sealed class FloatScaledStorage : WeightStorage
{
    private readonly DataType _codes;
    private readonly Func<WeightMatrix, IEnumerable<ModelTensor>> _scales;

    private FloatScaledStorage(string name, DataType codes, Func<WeightMatrix, IEnumerable<ModelTensor>> scales)
    {
        Name = name;
        _codes = codes;
        _scales = scales;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>One scale for the tensor; with static activation scales, another for what comes in.</summary>
    public static FloatScaledStorage PerTensor(string name, DataType codes, bool hasInputScale)
    {
        return new FloatScaledStorage(name, codes, Scales);

        IEnumerable<ModelTensor> Scales(WeightMatrix weight)
        {
            yield return weight.Scale("weight_scale", DataTypeCatalogue.F32);
            if (hasInputScale)
            {
                yield return weight.Scale("input_scale", DataTypeCatalogue.F32);
            }
        }
    }

    /// <summary>One scale for each output, in the plain type of the model (compressed-tensors).</summary>
    public static FloatScaledStorage PerChannel(string name, DataType codes)
    {
        return new FloatScaledStorage(name, codes, weight => [weight.Scale("weight_scale", weight.PlainType, weight.Outputs, 1)]);
    }

    /// <summary>One row maximum in F32 for each output (bitsandbytes, LLM.int8).</summary>
    public static FloatScaledStorage PerRow(string name, DataType codes)
    {
        return new FloatScaledStorage(name, codes, weight => [weight.Scale("SCB", DataTypeCatalogue.F32, weight.Outputs)]);
    }

    /// <summary>One scale in F32 for each tile; a started tile counts whole.</summary>
    public static FloatScaledStorage PerBlock(string name, DataType codes, int rows, int columns)
    {
        return new FloatScaledStorage(
            name,
            codes,
            weight =>
            [
                weight.Scale(
                    "weight_scale_inv",
                    DataTypeCatalogue.F32,
                    CeilingDivide(weight.Outputs, rows),
                    CeilingDivide(weight.Inputs, columns)),
            ]);
    }

    /// <inheritdoc/>
    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        return [weight.Codes(Name, "weight", _codes, weight.Outputs, weight.Inputs), .. _scales(weight)];
    }
}
