using System;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>
/// What a recurrence keeps, as far as all of them have it: what its projections give, what its convolution gives, and
/// what goes out. States between chunks of tokens are left out; no measured run stands behind this.
/// </summary>
internal static class RecurrentActivations
{
    /// <summary>What an estimate says of a model with such layers.</summary>
    public const string Assumption =
        "Recurrent layers: what projections and convolution give is counted, states between chunks are not; no measured run confirms it.";

    private const string Source = "docs/training.md#recurrent-layers";

    /// <summary>Notes what the recurrence keeps.</summary>
    public static decimal Keep(ActivationTape tape, TokenMixer mixer, string prefix, KeptInput input)
    {
        var element = tape.Switches.ElementBytes;
        var linears = LinearModule.Of(mixer, prefix);
        var last = linears.Where(linear => linear.Role is TensorRole.RecurrentOutput or TensorRole.AttentionOutput).ToList();
        var first = linears.Except(last).ToList();
        tape.KeepInputs(input, first.Count == 0 ? 0 : first.Max(linear => linear.Inputs), first, isProjection: true);
        foreach (var linear in first)
        {
            tape.Keep($"output of {linear.ShortName}", element * linear.Outputs, Source);
        }

        if (mixer is RecurrentMixer recurrent)
        {
            tape.Keep("output of the convolution", element * recurrent.ConvolutionChannels, Source);
        }

        foreach (var linear in last)
        {
            tape.Keep("output of the recurrence", element * linear.Inputs, Source);
            tape.KeepInputs(new KeptInput($"input of {linear.ShortName}", isKept: false), linear.Inputs, [linear]);
        }

        var widest = linears.Count == 0 ? 0 : linears.Max(linear => Math.Max(linear.Inputs, linear.Outputs));
        return tape.BytesPerToken + (2 * element * widest);
    }
}
