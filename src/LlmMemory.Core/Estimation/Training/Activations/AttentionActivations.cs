using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>What attention with query, key and value heads keeps.</summary>
internal static class AttentionActivations
{
    private const string Source = "huggingface/transformers models/llama/modeling_llama.py, LlamaAttention.forward";

    private const string FlashSource = "Dao-AILab/flash-attention flash_attn_interface.py: q, k, v, output and log-sum-exp are saved";

    private const string EagerSource = "huggingface/transformers eager_attention_forward: softmax in 32 bits, and its cast";

    /// <summary>Notes what attention keeps.</summary>
    /// <returns>The bytes for each token of everything kept so far and the gradients of the scores, where they are written out.</returns>
    public static decimal Keep(ActivationTape tape, GroupedQueryAttention attention, string prefix, KeptInput input)
    {
        var linears = LinearModule.Of(attention, prefix);
        var switches = tape.Switches;
        var (queries, values) = ((long)attention.Heads * attention.HeadSize, (long)attention.Heads * (attention.ValueHeadSize ?? attention.HeadSize));
        tape.KeepInputs(input, attention.HiddenSize, [.. linears.Where(linear => linear.Role != TensorRole.AttentionOutput)], isProjection: true);
        KeepNorms(tape, attention, queries);
        KeepHeads(tape, attention, queries);
        if (attention.HasOutputGate)
        {
            tape.Keep("output gate and its product", 2 * switches.ElementBytes * values, Source);
        }

        var output = KeepCore(tape, attention.Heads, values);
        tape.KeepInputs(output, values, [.. linears.Where(linear => linear.Role == TensorRole.AttentionOutput)]);
        if (switches.HasResidualDropout)
        {
            tape.Keep("dropout masks of the residual stream", 2 * attention.HiddenSize, "torch.nn.functional.dropout: one byte for each element");
        }

        var scores = switches.Attention == AttentionKernel.Eager ? (decimal)attention.Heads * switches.SequenceLength * 6 : 0;
        return tape.BytesPerToken + scores;
    }

    /// <summary>Notes what the core of attention keeps.</summary>
    /// <returns>The output, which the kernels keep already; what SDPA gives is copied before the output projection.</returns>
    internal static KeptInput KeepCore(ActivationTape tape, long heads, long values)
    {
        var switches = tape.Switches;
        if (switches.Attention == AttentionKernel.Eager)
        {
            if (!switches.RecomputesAttention)
            {
                tape.Keep("probabilities of attention", (decimal)heads * switches.SequenceLength * (4 + switches.ElementBytes), EagerSource);
            }

            tape.Keep("output of attention", switches.ElementBytes * values, Source);
        }
        else
        {
            tape.Keep("output of attention", switches.ElementBytes * values, FlashSource);
            tape.Keep("log-sum-exp of attention", 4 * heads, FlashSource);
        }

        return new KeptInput("input of o_proj", isKept: switches.Attention == AttentionKernel.Flash);
    }

    private static void KeepNorms(ActivationTape tape, GroupedQueryAttention attention, long queries)
    {
        if (attention.QueryKeyNorm == QueryKeyNorm.None)
        {
            return;
        }

        NormActivations.KeepOfHeads(tape, attention.Names.QueryNorm, queries, attention.Heads);
        NormActivations.KeepOfHeads(tape, attention.Names.KeyNorm, (long)attention.KeyValueHeads * attention.HeadSize, attention.KeyValueHeads);
    }

    private static void KeepHeads(ActivationTape tape, GroupedQueryAttention attention, long queries)
    {
        var switches = tape.Switches;
        var isRepeated = switches.RepeatsKeyValues && attention.KeyValueHeads != attention.Heads;
        var heads = isRepeated ? attention.Heads : attention.KeyValueHeads;
        var (keys, values) = ((long)heads * attention.HeadSize, (long)heads * (attention.ValueHeadSize ?? attention.HeadSize));
        tape.Keep("queries", switches.ElementBytes * queries, Source);
        tape.Keep(isRepeated ? "keys, repeated for each query head" : "keys", switches.ElementBytes * keys, Source);
        tape.Keep(isRepeated ? "values, repeated for each query head" : "values", switches.ElementBytes * values, Source);
        if (switches.KeepsFusedProjection && attention.KeyValueHeads == attention.Heads)
        {
            tape.Keep("rest of the joint projection that the values are a view of", switches.ElementBytes * (queries + keys), "Lightning-AI/litgpt litgpt/model.py, CausalSelfAttention.forward");
        }
    }
}
