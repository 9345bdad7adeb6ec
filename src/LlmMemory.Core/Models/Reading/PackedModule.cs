using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Safetensors;

namespace LlmMemory.Models.Reading;

/// <summary>
/// The tensors of one module by their endings: the codes of a weight, and what belongs to them. A checkpoint has a
/// module for each expert, most of them with one tensor or two, so they lie in a short list.
/// </summary>
internal sealed class PackedModule
{
    // HQQ has the most, some twenty. What comes after these is taken for itself, so that looking through stays short.
    private const int MaxTensors = 32;

    private static readonly string[] CodeEndings = ["qweight", "weight_packed", "_blocks", "W_q", "codes", "weight", string.Empty];

    private readonly List<(string Ending, SafetensorsTensor Tensor)> _tensors = new(1);

    /// <summary>The endings that are there.</summary>
    public IEnumerable<string> Endings => _tensors.Select(tensor => tensor.Ending);

    /// <summary>The ending of the tensor that holds the codes, null for a module that has none.</summary>
    public string? CodeEnding
    {
        get
        {
            foreach (var ending in CodeEndings)
            {
                if (Get(ending) is not null)
                {
                    return ending;
                }
            }

            return null;
        }
    }

    /// <summary>The tensor of that ending, null where there is none.</summary>
    public SafetensorsTensor? Get(string ending)
    {
        foreach (var tensor in _tensors)
        {
            if (tensor.Ending == ending)
            {
                return tensor.Tensor;
            }
        }

        return null;
    }

    /// <summary>Adds a tensor. Two of one ending are of another spelling of the same module; the first counts.</summary>
    public void Add(string ending, SafetensorsTensor tensor)
    {
        if (_tensors.Count < MaxTensors && Get(ending) is null)
        {
            _tensors.Add((ending, tensor));
        }
    }
}
