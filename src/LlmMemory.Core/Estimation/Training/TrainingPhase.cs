using System;

namespace LlmMemory.Estimation.Training;

/// <summary>The phases of a training step that a component lives in.</summary>
[Flags]
internal enum TrainingPhase : uint
{
    /// <summary>The end of the forward pass, where logits and their copies are there.</summary>
    Loss = 1,

    /// <summary>The backward pass of the last layer: everything that the forward pass kept is still there.</summary>
    Backward = 2,

    /// <summary>The backward pass of the first layer: all gradients are there.</summary>
    EndOfBackward = 4,

    /// <summary>The optimizer steps.</summary>
    Step = 8,
}
