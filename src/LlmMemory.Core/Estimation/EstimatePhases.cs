using System;

namespace LlmMemory.Estimation;

/// <summary>
/// The phases of a job, each a moment with a sum of its own. Which of them a component lives in is a set of bits, the
/// first phase the lowest.
/// </summary>
internal sealed class EstimatePhases
{
    private readonly string[] _names;

    public EstimatePhases(params string[] names)
    {
        _names = names;
    }

    /// <summary>The phases of serving: weights come in, a prompt is read, an answer is written.</summary>
    public static EstimatePhases Serving { get; } = new("Load", "Prefill", "Decode");

    /// <summary>The phases of a training step, named by the moment at which each is fullest.</summary>
    public static EstimatePhases Training { get; } = new("Loss", "Backward", "End of backward", "Optimizer step");

    /// <summary>
    /// The phases of a step of Megatron: its main gradients are always there, so what differs is where the backward pass is.
    /// </summary>
    public static EstimatePhases Megatron { get; } = new("Loss", "Head backward", "Backward", "Optimizer step");

    /// <summary>How many there are.</summary>
    public int Count => _names.Length;

    /// <summary>The name of one of them.</summary>
    public string this[int index] => _names[index];

    /// <summary>True where a component that lives in these phases lives in that one.</summary>
    public static bool Contains(uint phases, int index)
    {
        return (phases & (1u << index)) != 0;
    }

    /// <summary>The names of the phases that a component lives in: <c>Prefill, Decode</c>.</summary>
    public string Describe(uint phases)
    {
        return string.Join(", ", Array.FindAll(_names, name => Contains(phases, Array.IndexOf(_names, name))));
    }
}
