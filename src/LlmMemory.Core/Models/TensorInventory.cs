using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Models;

/// <summary>Every tensor of a model. All figures about its weights are sums over this list.</summary>
public sealed class TensorInventory : IReadOnlyList<ModelTensor>
{
    private readonly IReadOnlyList<ModelTensor> _tensors;

    internal TensorInventory(IReadOnlyList<ModelTensor> tensors)
    {
        _tensors = tensors;
    }

    /// <inheritdoc/>
    public int Count => _tensors.Count;

    /// <inheritdoc/>
    public ModelTensor this[int index] => _tensors[index];

    /// <summary>
    /// The format that holds most of the weights, or the data type where that says it all; null where there are none.
    /// </summary>
    internal string? MostUsedDataType => _tensors
        .GroupBy(tensor => tensor.Quantization ?? tensor.DataType)
        .OrderByDescending(tensors => tensors.Sum(tensor => tensor.Parameters))
        .Select(tensors => tensors.Key)
        .FirstOrDefault();

    /// <summary>The weights of the tensors that are asked for.</summary>
    /// <param name="wanted">Which tensors count.</param>
    /// <exception cref="OverflowException">The sum does not fit 64 bits.</exception>
    public long SumParameters(Func<ModelTensor, bool> wanted)
    {
        return Sum(wanted, tensor => tensor.Parameters);
    }

    /// <summary>The bytes of the tensors that are asked for.</summary>
    /// <param name="wanted">Which tensors count.</param>
    /// <exception cref="OverflowException">The sum does not fit 64 bits.</exception>
    public long SumBytes(Func<ModelTensor, bool> wanted)
    {
        return Sum(wanted, tensor => tensor.Bytes);
    }

    /// <summary>The sum of a figure over the tensors that are asked for.</summary>
    /// <param name="wanted">Which tensors count.</param>
    /// <param name="figure">What of each is added up.</param>
    /// <exception cref="OverflowException">The sum does not fit 64 bits.</exception>
    internal long Sum(Func<ModelTensor, bool> wanted, Func<ModelTensor, long> figure)
    {
        var sum = 0L;
        foreach (var tensor in _tensors)
        {
            sum = checked(sum + (wanted(tensor) ? figure(tensor) : 0));
        }

        return sum;
    }

    /// <inheritdoc/>
    public IEnumerator<ModelTensor> GetEnumerator()
    {
        return _tensors.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator()
    {
        return GetEnumerator();
    }
}
