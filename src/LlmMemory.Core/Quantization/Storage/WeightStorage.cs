using System.Collections.Generic;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// How one weight of [outputs, inputs], or a stack of them, is stored: the codes, and the scales and whatever else the
/// codes need, each a tensor of the checkpoint.
/// </summary>
internal abstract class WeightStorage
{
    /// <summary>What the format is called on the codes: GPTQ, NVFP4.</summary>
    public abstract string Name { get; }

    /// <summary>The stored tensors of one weight; the codes hold its parameters, the rest holds none.</summary>
    /// <param name="weight">The weight, in plain floats.</param>
    public abstract IEnumerable<ModelTensor> Store(WeightMatrix weight);

    private protected static long CeilingDivide(long dividend, long divisor)
    {
        return (dividend / divisor) + (dividend % divisor == 0 ? 0 : 1);
    }
}
