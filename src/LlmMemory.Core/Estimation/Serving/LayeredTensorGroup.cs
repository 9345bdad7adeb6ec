using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving;

/// <summary>Tensors of layers that are split alike: how many of them any run of layers has.</summary>
internal sealed class LayeredTensorGroup
{
    private readonly int[] _before;

    /// <summary>Counts the tensors of each layer.</summary>
    /// <param name="split">How each is split.</param>
    /// <param name="layersOfTensors">The layer of each tensor.</param>
    /// <param name="layers">All layers of the model.</param>
    public LayeredTensorGroup(TensorSplit split, IEnumerable<int> layersOfTensors, int layers)
    {
        Split = split;
        _before = new int[layers + 1];
        foreach (var layer in layersOfTensors)
        {
            _before[layer + 1]++;
        }

        for (var layer = 0; layer < layers; layer++)
        {
            _before[layer + 1] += _before[layer];
        }
    }

    /// <summary>How each tensor is split.</summary>
    public TensorSplit Split { get; }

    /// <summary>How many tensors some layers have.</summary>
    /// <param name="first">The first layer.</param>
    /// <param name="count">How many layers.</param>
    public long CountIn(int first, int count)
    {
        return _before[first + count] - _before[first];
    }
}
