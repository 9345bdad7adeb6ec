using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>
/// What multi-head latent attention keeps when it is written out for training: latents, their normalisations, and
/// whole heads of queries, keys and values.
/// </summary>
internal static class LatentActivations
{
    private const string Source = "huggingface/transformers models/deepseek_v3/modeling_deepseek_v3.py, DeepseekV3Attention.forward";

    /// <summary>Notes what the attention keeps.</summary>
    public static decimal Keep(ActivationTape tape, LatentAttention attention, string prefix, KeptInput input)
    {
        var linears = LinearModule.Of(attention, prefix);
        var element = tape.Switches.ElementBytes;
        long heads = attention.Heads;
        var (queryHead, values) = (attention.QkNopeHeadSize + attention.QkRopeHeadSize, heads * attention.ValueHeadSize);
        KeepInputs(input, attention.HiddenSize, TensorRole.AttentionQueryDown, TensorRole.AttentionLatentDown);
        if (attention.QueryLoraRank is { } rank)
        {
            NormActivations.KeepOfHeads(tape, "q_a_layernorm", rank, 1);
            KeepInputs(new KeptInput("output of q_a_layernorm", isKept: false), rank, TensorRole.AttentionQuery);
        }
        else
        {
            KeepInputs(input, attention.HiddenSize, TensorRole.AttentionQuery);
        }

        NormActivations.KeepOfHeads(tape, "kv_a_layernorm", attention.KeyValueLoraRank, 1);
        KeepInputs(new KeptInput("output of kv_a_layernorm", isKept: false), attention.KeyValueLoraRank, TensorRole.AttentionLatentUp);
        tape.Keep("queries, rotary part joined", element * heads * queryHead, Source);
        tape.Keep("keys, rotary part joined", element * heads * queryHead, Source);
        tape.Keep("values, and the keys that they are split from", element * heads * (attention.QkNopeHeadSize + attention.ValueHeadSize), Source);
        var output = AttentionActivations.KeepCore(tape, heads, values);
        KeepInputs(output, values, TensorRole.AttentionOutput);
        return tape.BytesPerToken;

        void KeepInputs(KeptInput kept, long width, params TensorRole[] roles)
        {
            tape.KeepInputs(kept, width, [.. linears.Where(linear => roles.Contains(linear.Role))]);
        }
    }
}
