using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>
/// What one layer keeps for its backward pass, and what is there on top while that pass is at its fullest, which for
/// most layers is inside the feed-forward network.
/// </summary>
internal sealed class LayerActivations
{
    private LayerActivations(IReadOnlyList<KeptTensor> kept, KeptTensor gradients)
    {
        Kept = kept;
        Gradients = gradients;
        KeptBytesPerToken = kept.Sum(tensor => tensor.BytesPerToken);
    }

    /// <summary>What is kept, the layer's input aside where the layer is computed again.</summary>
    public IReadOnlyList<KeptTensor> Kept { get; }

    /// <summary>The gradients of activations that are there together with all of that.</summary>
    public KeptTensor Gradients { get; }

    /// <summary>What is kept for each token.</summary>
    public decimal KeptBytesPerToken { get; }

    /// <summary>The most that is there for each token during the backward pass.</summary>
    public decimal PeakBytesPerToken => KeptBytesPerToken + Gradients.BytesPerToken;

    /// <summary>Runs a layer on paper.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    /// <param name="hiddenSize">The width of the residual stream.</param>
    /// <param name="switches">What decides what is kept.</param>
    public static LayerActivations Of(ModelLayer layer, string prefix, long hiddenSize, LayerSwitches switches)
    {
        var tape = new ActivationTape(switches);
        var input = new KeptInput("layer input", switches.IsRecomputed);
        var backward = 0m;
        var isFirst = true;
        foreach (var block in layer.Blocks)
        {
            switch (block)
            {
                case Norm norm:
                    NormActivations.Keep(tape, norm, prefix, isFirst);
                    input = new KeptInput($"output of {ShortName(norm.Name)}", isKept: false);
                    isFirst = false;
                    break;
                case TokenMixer mixer:
                    backward = Math.Max(backward, MixerActivations.Keep(tape, mixer, prefix, input));
                    break;
                case FeedForward feedForward:
                    backward = Math.Max(backward, FeedForwardActivations.Keep(tape, feedForward, prefix, input));
                    break;
                default:
                    PlainActivations.Keep(tape, block, prefix);
                    break;
            }
        }

        var around = switches.StreamBytes * hiddenSize * (switches.IsRecomputed ? 2 : 1);
        var gradients = Math.Max(0, backward - tape.BytesPerToken) + around;
        return new(tape.Kept, new("gradients inside the layer", gradients, "docs/training.md#the-backward-pass-of-a-layer"));
    }

    private static string ShortName(string name)
    {
        return name.Substring(name.LastIndexOf('.') + 1);
    }
}
