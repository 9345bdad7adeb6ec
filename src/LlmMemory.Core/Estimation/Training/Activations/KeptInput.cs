namespace LlmMemory.Estimation.Training.Activations;

/// <summary>A tensor that goes into linear layers. Whoever keeps it first pays for it; all others share it.</summary>
/// <param name="name">What it is called.</param>
/// <param name="isKept">True where something else keeps it already.</param>
internal sealed class KeptInput(string name, bool isKept)
{
    /// <summary>What it is called: <c>input of q_proj, k_proj, v_proj</c>.</summary>
    public string Name { get; } = name;

    /// <summary>True once something keeps it.</summary>
    public bool IsKept { get; set; } = isKept;
}
