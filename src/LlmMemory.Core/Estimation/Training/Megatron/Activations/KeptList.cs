using System.Collections.Generic;

namespace LlmMemory.Estimation.Training.Megatron.Activations;

/// <summary>Collects what a layer keeps.</summary>
internal sealed class KeptList
{
    private readonly List<Training.Activations.KeptTensor> _kept = [];

    /// <summary>What was collected, in order.</summary>
    public IReadOnlyList<Training.Activations.KeptTensor> Kept => _kept;

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="bytesPerToken">Its bytes for each token of a micro batch on the rank.</param>
    /// <param name="source">Where it is seen that it is kept.</param>
    public void Add(string name, decimal bytesPerToken, string source)
    {
        _kept.Add(new(name, bytesPerToken, source));
    }

    /// <summary>Adds a tensor where it is kept.</summary>
    public void AddIf(bool isKept, string name, decimal bytesPerToken, string source)
    {
        if (isKept)
        {
            Add(name, bytesPerToken, source);
        }
    }
}
