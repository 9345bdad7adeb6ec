using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Reading;

/// <summary>The feed-forward networks of a GGUF model; the shapes of their tensors are their dimensions.</summary>
internal sealed class GgufFeedForwardReader
{
    private readonly int _hiddenSize;

    /// <summary>Prepares reading.</summary>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    public GgufFeedForwardReader(int hiddenSize)
    {
        _hiddenSize = hiddenSize;
    }

    /// <summary>The network of a layer: none, or one.</summary>
    /// <param name="layer">The layer.</param>
    public IEnumerable<Block> Read(GgufLayer layer)
    {
        if (layer.ColumnsOf("ffn_down") is { } width)
        {
            yield return new DenseMlp
            {
                HiddenSize = _hiddenSize,
                IntermediateSize = width,
                IsGated = layer.Has("ffn_gate") || layer.RowsOf("ffn_up") == 2L * width,
            };
        }
    }
}
