using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Models.Reading;

/// <summary>The weights of one layer of a GGUF model, by their stems.</summary>
internal sealed class GgufLayer
{
    private readonly Dictionary<string, ModelTensor> _weights = new(StringComparer.Ordinal);

    /// <summary>Sorts a layer's tensors.</summary>
    /// <param name="index">The layer's number.</param>
    /// <param name="tensors">Its tensors.</param>
    public GgufLayer(int index, IEnumerable<ModelTensor> tensors)
    {
        Index = index;
        foreach (var tensor in tensors)
        {
            var name = GgufTensorName.Parse(tensor.Name);
            if (name.Ending is "weight" or "")
            {
                _weights[name.Stem] = tensor;
            }
        }
    }

    /// <summary>The layer's number.</summary>
    public int Index { get; }

    /// <summary>True where the layer has a weight of that stem.</summary>
    public bool Has(string stem)
    {
        return _weights.ContainsKey(stem);
    }

    /// <summary>True where the layer has a weight whose stem starts like that.</summary>
    public bool HasAny(string start)
    {
        return _weights.Keys.Any(stem => stem.StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>The rows of the first of some weights that the layer has; null where it has none.</summary>
    public int? RowsOf(params string[] stems)
    {
        return Find(stems) is { Shape.Count: >= 2 } tensor ? checked((int)tensor.Shape[tensor.Shape.Count - 2]) : null;
    }

    /// <summary>The length of a row of the first of some weights that the layer has; null where it has none.</summary>
    public int? ColumnsOf(params string[] stems)
    {
        return Find(stems) is { Shape.Count: >= 1 } tensor ? checked((int)tensor.Shape[tensor.Shape.Count - 1]) : null;
    }

    private ModelTensor? Find(string[] stems)
    {
        return stems.Where(Has).Select(stem => _weights[stem]).FirstOrDefault();
    }
}
