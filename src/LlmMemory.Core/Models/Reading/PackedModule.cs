using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Safetensors;

namespace LlmMemory.Models.Reading;

/// <summary>The tensors of one module by their endings: the codes of a weight, and what belongs to them.</summary>
internal sealed class PackedModule
{
    private readonly Dictionary<string, SafetensorsTensor> _byEnding = new(StringComparer.Ordinal);

    /// <summary>The endings that are there.</summary>
    public IEnumerable<string> Endings => _byEnding.Keys;

    /// <summary>The ending of the tensor that holds the codes, null for a module that has none.</summary>
    public string? CodeEnding => CodeEndings.FirstOrDefault(_byEnding.ContainsKey);

    private static string[] CodeEndings { get; } = ["qweight", "weight_packed", "_blocks", "W_q", "codes", "weight", string.Empty];

    /// <summary>The tensor of that ending, null where there is none.</summary>
    public SafetensorsTensor? Get(string ending)
    {
        return _byEnding.TryGetValue(ending, out var tensor) ? tensor : null;
    }

    /// <summary>Adds a tensor. Two of one ending are of another spelling of the same module; the first counts.</summary>
    public void Add(string ending, SafetensorsTensor tensor)
    {
        if (!_byEnding.ContainsKey(ending))
        {
            _byEnding.Add(ending, tensor);
        }
    }
}
