using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>
/// What a mixture of experts keeps: each token once for each expert that it is sent to. Experts run one after the other,
/// and in the backward pass the gradients of one are there, on average those of tokens x chosen / experts.
/// </summary>
internal static class ExpertActivations
{
    private const string Source = "huggingface/transformers models/mixtral/modeling_mixtral.py, MixtralSparseMoeBlock.forward";

    /// <summary>Notes what the mixture keeps.</summary>
    public static decimal Keep(ActivationTape tape, MixtureOfExperts mixture, string prefix, KeptInput input)
    {
        var linears = LinearModule.Of(mixture, prefix);
        var (bytes, stream) = (tape.Switches.FeedForwardBytes, tape.Switches.StreamBytes);
        long chosen = mixture.ExpertsPerToken;
        long width = mixture.LatentSize ?? mixture.HiddenSize;
        KeepShared(tape, mixture, [.. linears.Where(linear => IsShared(linear.Role))], input);
        var routed = linears.Where(linear => !IsShared(linear.Role)).ToList();
        tape.KeepInputs(new KeptInput("tokens sent to their experts", isKept: false), width * chosen, FeedForwardActivations.Inward(routed));
        tape.Keep("outputs of experts times their weights", stream * width * chosen, Source);
        tape.Keep("scores and choices of the router", (8 * mixture.Experts) + (16 * chosen), Source);
        FeedForwardActivations.KeepInside(tape, mixture.IsGated, mixture.ExpertIntermediateSize * chosen, " of experts");
        var before = tape.BytesPerToken;
        tape.KeepInputs(
            new KeptInput("inputs of the experts' down projections", isKept: false),
            mixture.ExpertIntermediateSize * chosen,
            FeedForwardActivations.Outward(routed));
        var down = tape.BytesPerToken - before;
        var share = (decimal)chosen / mixture.Experts;
        var gradients = (2 * bytes * width) + (share * ((3 * bytes * mixture.ExpertIntermediateSize) + (2 * bytes * width)));
        return tape.BytesPerToken - (down * (1 - share)) + gradients;
    }

    private static void KeepShared(ActivationTape tape, MixtureOfExperts mixture, LinearModule[] linears, KeptInput input)
    {
        if (mixture.SharedIntermediateSize == 0)
        {
            return;
        }

        tape.KeepInputs(input, mixture.HiddenSize, FeedForwardActivations.Inward(linears));
        FeedForwardActivations.KeepInside(tape, mixture.IsGated, mixture.SharedIntermediateSize, " of shared experts");
        tape.KeepInputs(
            new KeptInput("input of the shared experts' down projection", isKept: false),
            mixture.SharedIntermediateSize,
            FeedForwardActivations.Outward(linears));
    }

    private static bool IsShared(TensorRole role)
    {
        return role is TensorRole.SharedExpertGate or TensorRole.SharedExpertUp or TensorRole.SharedExpertDown;
    }
}
