namespace LlmMemory.Estimation;

/// <summary>What a component is, in the estimate's own columns.</summary>
internal enum ComponentRole
{
    /// <summary>The model's weights; for a fine-tuning, the base model's.</summary>
    Weights,

    /// <summary>Keys and values, or recurrent state, of the requests in flight.</summary>
    KvCache,

    /// <summary>What a pass works on: activations and temporary copies.</summary>
    Activations,

    /// <summary>One gradient for each trained weight.</summary>
    Gradients,

    /// <summary>What the optimizer keeps for each trained weight.</summary>
    OptimizerStates,

    /// <summary>The adapter's weights.</summary>
    Adapter,

    /// <summary>What the engine or framework takes for itself.</summary>
    Overhead,

    /// <summary>What is added for safety.</summary>
    SafetyMargin,
}
