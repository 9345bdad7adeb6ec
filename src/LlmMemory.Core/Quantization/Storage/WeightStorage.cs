using System.Collections.Generic;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// How one quantised weight lies in a checkpoint: its codes and what they need, with exact names, shapes and types. The
/// same piece of code serves the quantisations that checkpoints say they have and those that a user asks for.
/// </summary>
/// <param name="Name">What the format is called: FP8-Block, GPTQ, NVFP4.</param>
internal abstract record WeightStorage(string Name)
{
    /// <summary>True where the format can hold a matrix of that shape; what it cannot hold stays as it is.</summary>
    /// <param name="weight">The matrix.</param>
    public virtual bool CanStore(WeightMatrix weight)
    {
        return true;
    }

    /// <summary>The stored tensors, codes first.</summary>
    /// <param name="weight">The matrix.</param>
    public abstract IEnumerable<ModelTensor> Store(WeightMatrix weight);
}
