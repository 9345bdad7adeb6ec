using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// What vLLM asks of decode_context_parallel_size: it divides the tensor-parallel ranks; heads with keys are there more
/// than once, so that their copies can share the tokens; and every layer sees all tokens. Sources: vllm-project/vllm,
/// vllm/config/parallel.py (_validate_parallel_config), vllm/config/model.py (verify_with_parallel_config) and
/// vllm/v1/kv_cache_interface.py (SlidingWindowSpec).
/// </summary>
internal static class DecodeContextCheck
{
    /// <summary>Checks the ranks that share tokens.</summary>
    /// <param name="served">The model.</param>
    /// <param name="resolved">The workload, ranks filled in.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineRefusesSetting"/>.</exception>
    public static void Check(ServedModel served, InferenceWorkload resolved)
    {
        var (shared, ranks) = (resolved.DecodeContextParallel!.Value, resolved.TensorParallel!.Value);
        if (shared == 1)
        {
            return;
        }

        Refuse(ranks % shared != 0, shared, $"{shared} does not divide the {ranks} tensor-parallel rank(s) that share tokens. " + Good(served, ranks));
        Refuse(
            served.Mixers.All.Any(group => group.Mixer is RecurrentMixer or GroupedQueryAttention { Window: not null }),
            shared,
            $"{Quoted.Value(served.Model.Name)} has layers with a window or a state, whose tokens vLLM does not share between ranks. Leave -DecodeContextParallel out.");
        Refuse(
            served.KeyValueHeads.Any(heads => !Shares(served.AttentionHeads, heads, ranks, shared)),
            shared,
            $"vLLM shares tokens between the copies of a head with keys, and {ranks} ranks have too few of them for {shared}: {served.AttentionHeads} heads, "
            + $"{string.Join(" and ", served.KeyValueHeads)} with keys. " + Good(served, ranks));
    }

    private static bool Shares(int heads, int keys, int ranks, int shared)
    {
        return ranks > keys && shared <= ranks / keys && heads / keys % shared == 0;
    }

    private static string Good(ServedModel served, int ranks)
    {
        var good = Enumerable.Range(1, ranks)
            .LastOrDefault(shared => ranks % shared == 0 && served.KeyValueHeads.All(keys => Shares(served.AttentionHeads, keys, ranks, shared)));
        return good > 1 ? $"Write -DecodeContextParallel {good}." : "Leave -DecodeContextParallel out, or write more ranks: -TensorParallel 16.";
    }

    private static void Refuse(bool refuses, int value, string sentence)
    {
        if (refuses)
        {
            throw new LlmMemoryException(ErrorIds.EngineRefusesSetting, value, sentence);
        }
    }
}
