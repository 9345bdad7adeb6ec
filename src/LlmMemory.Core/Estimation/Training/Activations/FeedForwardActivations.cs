using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>
/// What a feed-forward network keeps. A gated one keeps gate, up and the activated gate; their product is the input of
/// the down projection. Its backward pass, with gradients of all of them, is where most layers are at their fullest.
/// </summary>
internal static class FeedForwardActivations
{
    private const string Source = "huggingface/transformers models/llama/modeling_llama.py, LlamaMLP.forward";

    /// <summary>Notes what the network keeps.</summary>
    /// <returns>The bytes for each token of everything kept and the gradients at the fullest moment.</returns>
    public static decimal Keep(ActivationTape tape, FeedForward network, string prefix, KeptInput input)
    {
        return network switch
        {
            DenseMlp dense => KeepDense(tape, dense, prefix, input),
            MixtureOfExperts mixture => ExpertActivations.Keep(tape, mixture, prefix, input),
            ReusedFeedForward reused => Keep(tape, reused.Original, prefix, input),
            _ => KeepOther(tape, network, prefix, input),
        };
    }

    /// <summary>Notes what lies between the first and the last projection of a network.</summary>
    internal static void KeepInside(ActivationTape tape, bool isGated, decimal width, string suffix = "")
    {
        var bytes = tape.Switches.FeedForwardBytes;
        if (!isGated)
        {
            tape.Keep("input of the activation" + suffix, bytes * width, Source);
            return;
        }

        tape.Keep("gate" + suffix, bytes * width, Source);
        tape.Keep("up" + suffix, bytes * width, Source);
        if (!tape.Switches.Kernels.FusesMlp)
        {
            tape.Keep("activated gate" + suffix, bytes * width, Source);
        }
    }

    private static decimal KeepDense(ActivationTape tape, DenseMlp mlp, string prefix, KeptInput input)
    {
        var linears = LinearModule.Of(mlp, prefix);
        decimal width = mlp.IntermediateSize;
        var bytes = tape.Switches.FeedForwardBytes;
        tape.KeepInputs(input, mlp.HiddenSize, Inward(linears), isProjection: true);
        KeepInside(tape, mlp.IsGated, width);
        var before = tape.BytesPerToken;
        tape.KeepInputs(new KeptInput("input of the down projection", isKept: false), mlp.IntermediateSize, Outward(linears));
        var gradients = mlp.IsGated && !tape.Switches.Kernels.FusesMlp ? 3 : 2;
        return Math.Max(before + (gradients * bytes * width), tape.BytesPerToken + (bytes * width));
    }

    private static decimal KeepOther(ActivationTape tape, FeedForward network, string prefix, KeptInput input)
    {
        var linears = LinearModule.Of(network, prefix);
        var widest = 0m;
        foreach (var linear in linears)
        {
            tape.KeepInputs(input, linear.Inputs, [linear]);
            tape.Keep($"output of {linear.ShortName}", tape.Switches.FeedForwardBytes * linear.Outputs, Source);
            widest = Math.Max(widest, linear.Outputs);
        }

        return tape.BytesPerToken + (2 * tape.Switches.FeedForwardBytes * widest);
    }

    internal static IReadOnlyList<LinearModule> Inward(IEnumerable<LinearModule> linears)
    {
        return [.. linears.Where(linear => !IsDown(linear.Role) && linear.Role != TensorRole.Router)];
    }

    internal static IReadOnlyList<LinearModule> Outward(IEnumerable<LinearModule> linears)
    {
        return [.. linears.Where(linear => IsDown(linear.Role))];
    }

    private static bool IsDown(TensorRole role)
    {
        return role is TensorRole.MlpDown or TensorRole.ExpertDown or TensorRole.SharedExpertDown;
    }
}
