using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>
/// What a normalisation keeps. Written in PyTorch, RMSNorm works on a copy in 32 bits and keeps that, and the
/// normalised copy where its weight is trained; LayerNorm and fused kernels keep their input.
/// </summary>
internal static class NormActivations
{
    private const string EagerSource = "huggingface/transformers models/llama/modeling_llama.py, LlamaRMSNorm.forward";

    private const string FusedSource = "unslothai/unsloth kernels/rms_layernorm.py and linkedin/Liger-Kernel ops/rms_norm.py: the input, and a number for each token";

    private const string LayerNormSource = "torch.nn.functional.layer_norm: the input, mean and standard deviation";

    /// <summary>Notes what a normalisation of the residual stream keeps.</summary>
    /// <param name="tape">The notes.</param>
    /// <param name="norm">The normalisation.</param>
    /// <param name="prefix">What the names of the layer's tensors start with.</param>
    /// <param name="isFirst">True where it works on the input of the layer.</param>
    public static void Keep(ActivationTape tape, Norm norm, string prefix, bool isFirst)
    {
        var isCheckpoint = isFirst && tape.Switches.IsRecomputed;
        if (norm.Kind == NormKind.LayerNorm)
        {
            var bytes = tape.Switches.UsesAutocast ? 4 : isCheckpoint ? 0 : tape.Switches.StreamBytes;
            tape.Keep($"input of {norm.Name}", ((decimal)bytes * norm.Size) + 8, LayerNormSource);
            return;
        }

        if (tape.Switches.Kernels.FusesNorms)
        {
            tape.Keep($"input of {norm.Name}", ((decimal)(isCheckpoint ? 0 : tape.Switches.StreamBytes) * norm.Size) + 4, FusedSource);
            return;
        }

        var isStreamItself = isCheckpoint && tape.Switches.StreamBytes == 4;
        KeepEager(tape, norm.Name, norm.Size, isStreamItself ? 0 : norm.Size, 1, tape.Switches.Trained.Trains(prefix + norm.Name));
    }

    /// <summary>Notes what the normalisation of queries or keys keeps, head by head.</summary>
    /// <param name="tape">The notes.</param>
    /// <param name="name">What is normalised.</param>
    /// <param name="width">Elements for each token.</param>
    /// <param name="heads">Heads that they are normalised in.</param>
    public static void KeepOfHeads(ActivationTape tape, string name, long width, long heads)
    {
        if (tape.Switches.Kernels.FusesNorms)
        {
            tape.Keep($"input of {name}", (tape.Switches.ElementBytes * width) + (4 * heads), FusedSource);
            return;
        }

        KeepEager(tape, name, width, width, 2 * heads, tape.Switches.Trained.IsFull);
    }

    private static void KeepEager(ActivationTape tape, string name, long width, long copied, long numbers, bool isTrained)
    {
        tape.Keep($"input of {name} in 32 bits", (4 * copied) + (4 * numbers), EagerSource);
        if (isTrained)
        {
            tape.Keep($"normalised input of {name}", tape.Switches.ElementBytes * width, EagerSource);
        }
    }
}
