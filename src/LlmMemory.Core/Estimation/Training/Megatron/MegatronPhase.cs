using System;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>The phases of a step of Megatron that a component lives in; the order is that of <see cref="EstimatePhases.Megatron"/>.</summary>
[Flags]
internal enum MegatronPhase : uint
{
    /// <summary>The end of the forward pass: all micro batches in flight have kept what they need, and logits are there.</summary>
    Loss = 1,

    /// <summary>The backward pass of the head.</summary>
    HeadBackward = 2,

    /// <summary>The backward pass of a layer.</summary>
    Backward = 4,

    /// <summary>The optimizer steps.</summary>
    Step = 8,

    /// <summary>Forward and backward pass.</summary>
    Passes = Loss | HeadBackward | Backward,
}
