namespace LlmMemory.Adapters;

/// <summary>What is done with a tensor that an adapter brings.</summary>
public enum AdapterTensorUse
{
    /// <summary>It is trained: it has a gradient and optimizer states.</summary>
    Trained,

    /// <summary>A parameter that stays as it is: LoRA-FA's first matrices. PEFT counts it among all parameters.</summary>
    Frozen,

    /// <summary>No parameter, and in memory all the same: VeRA's random matrices, BOFT's permutations.</summary>
    Buffer,
}
