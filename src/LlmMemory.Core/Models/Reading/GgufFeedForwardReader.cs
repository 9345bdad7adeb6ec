using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Reading;

/// <summary>The feed-forward networks of a GGUF model; the shapes of their tensors are their dimensions.</summary>
internal sealed class GgufFeedForwardReader
{
    private readonly GgufHyperparameters _hyperparameters;
    private readonly int _hiddenSize;

    /// <summary>Prepares reading.</summary>
    /// <param name="hyperparameters">The metadata.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    public GgufFeedForwardReader(GgufHyperparameters hyperparameters, int hiddenSize)
    {
        _hyperparameters = hyperparameters;
        _hiddenSize = hiddenSize;
    }

    /// <summary>The networks of a layer: none, a dense one, a mixture of experts, or both side by side.</summary>
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

        if (layer.ColumnsOf("ffn_down_exps") is { } expertWidth && _hyperparameters is { Experts: > 0, ExpertsPerToken: > 0 })
        {
            yield return Experts(layer, expertWidth);
        }
    }

    private MixtureOfExperts Experts(GgufLayer layer, int width)
    {
        var inputs = layer.ColumnsOf("ffn_up_exps", "ffn_gate_up_exps") ?? _hiddenSize;
        return new MixtureOfExperts
        {
            HiddenSize = _hiddenSize,
            Experts = _hyperparameters.Experts,
            ExpertsPerToken = _hyperparameters.ExpertsPerToken,
            ExpertIntermediateSize = width,
            IsGated = layer.HasAny("ffn_gate_exps") || layer.Has("ffn_gate_up_exps"),
            Storage = ExpertStorage.StackedByOutput,
            Routing = GgufRoutingReader.Read(_hyperparameters),
            LatentSize = inputs == _hiddenSize ? null : inputs,
            SharedIntermediateSize = layer.ColumnsOf("ffn_down_shexp") ?? 0,
            HasSharedGate = layer.Has("ffn_gate_inp_shexp"),
        };
    }
}
