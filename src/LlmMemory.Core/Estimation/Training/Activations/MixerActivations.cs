using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>What a block keeps in which tokens see each other.</summary>
internal static class MixerActivations
{
    /// <summary>Notes what a mixer keeps.</summary>
    /// <param name="tape">The notes.</param>
    /// <param name="mixer">The mixer.</param>
    /// <param name="prefix">What the names of the layer's tensors start with.</param>
    /// <param name="input">What goes into it.</param>
    /// <returns>The bytes for each token of everything kept so far and the largest gradients of the mixer.</returns>
    public static decimal Keep(ActivationTape tape, TokenMixer mixer, string prefix, KeptInput input)
    {
        switch (mixer)
        {
            case GroupedQueryAttention attention:
                return AttentionActivations.Keep(tape, attention, prefix, input);
            case CrossAttention cross:
                return AttentionActivations.Keep(tape, cross.Projections, prefix, input);
            case LatentAttention latent:
                return LatentActivations.Keep(tape, latent, prefix, input);
            case ReusedMixer reused:
                return Keep(tape, reused.Original, prefix, input);
            default:
                return RecurrentActivations.Keep(tape, mixer, prefix, input);
        }
    }
}
