using LlmMemory.Launching.Text;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Launching.Targets;

/// <summary>
/// <c>vllm serve</c>. Sources: vllm-project/vllm vllm/engine/arg_utils.py (add_cli_args) of versions 0.11 and later;
/// vllm/config/cache.py (CacheDType).
/// </summary>
internal sealed class VllmTarget : ServerTarget
{
    /// <summary>Creates the target.</summary>
    public VllmTarget()
        : base("vLLM", "vLLM: the command vllm serve")
    {
    }

    private protected override string EngineOfEstimates => "vLLM";

    private protected override LaunchDocument Write(LaunchDraft draft, InferenceWorkload workload, LaunchLayout layout, LaunchShell shell)
    {
        var model = LaunchModel.Checkpoint(draft.Request, Name);
        Note(draft, model);
        draft.Add("model_tag", model.Place, "the model");
        WriteRanks(draft, workload, layout);
        draft.WriteIfSaid("--max-model-len", ContextTokens.OfRequest(draft.Request, workload), nameof(workload.ContextLength));
        draft.WriteIfSaid("--gpu-memory-utilization", workload.GpuMemoryUtilization, nameof(workload.GpuMemoryUtilization));
        draft.WriteIfSaid("--max-num-seqs", workload.MaxSequences, nameof(workload.MaxSequences));
        draft.WriteIfSaid("--max-num-batched-tokens", workload.MaxBatchedTokens, nameof(workload.MaxBatchedTokens));
        WriteCache(draft, workload);
        draft.WriteIfSaid("--enforce-eager", true, nameof(workload.EnforceEager));
        WriteAdapters(draft, workload);
        draft.LeaveOut(
            nameof(workload.SpeculativeTokens), "vLLM wants the way to draft too: --speculative-config with method, model and num_speculative_tokens.");
        return draft.ToDocument(shell.Name, comments => CommandText.Write(shell, comments, ["vllm", "serve"], draft.Settings));
    }

    private static void WriteRanks(LaunchDraft draft, InferenceWorkload workload, LaunchLayout layout)
    {
        draft.WriteIfSaid("--tensor-parallel-size", workload.TensorParallel, nameof(workload.TensorParallel));
        draft.WriteIfSaid("--pipeline-parallel-size", workload.PipelineParallel, nameof(workload.PipelineParallel));
        draft.WriteIfSaid("--data-parallel-size", workload.DataParallel, nameof(workload.DataParallel));
        draft.WriteIfSaid("--decode-context-parallel-size", workload.DecodeContextParallel, nameof(workload.DecodeContextParallel));
        draft.WriteIfSaid("--enable-expert-parallel", true, nameof(workload.ExpertParallel));
        if (layout.Nodes > 1)
        {
            draft.Add("--distributed-executor-backend", "ray", $"{layout.Nodes} nodes");
            if (workload.DataParallel > 1)
            {
                draft.Add("--data-parallel-backend", "ray", $"{layout.Nodes} nodes");
            }

            draft.Note($"{layout.Nodes} nodes of {layout.GpusPerNode} GPUs: start Ray on all of them first, then this command on one.");
        }
    }

    private static void WriteCache(LaunchDraft draft, InferenceWorkload workload)
    {
        if (workload.KvCacheType == CacheTypes.F16)
        {
            draft.LeaveOut(nameof(workload.KvCacheType), "vLLM's own choice (auto), the type that the model computes in, where that is F16.");
        }

        draft.WriteIfSaid("--kv-cache-dtype", CacheTypeOf(workload.KvCacheType), nameof(workload.KvCacheType));
        draft.WriteIfSaid("--no-enable-prefix-caching", true, nameof(workload.PrefixCaching));
    }

    private static string? CacheTypeOf(CacheType? type)
    {
        return type == CacheTypes.BF16 ? "bfloat16"
            : type == CacheTypes.Fp8 || type == CacheTypes.Int8PerTokenHead || type == CacheTypes.Fp8PerTokenHead
                || type == CacheTypes.NvFp4 || type == CacheTypes.Fp8DeepSeek ? type.Name
            : null;
    }

    private static void WriteAdapters(LaunchDraft draft, InferenceWorkload workload)
    {
        if (workload.LoraSlots > 0)
        {
            draft.Add("--enable-lora", true, $"-{nameof(workload.LoraSlots)}");
            draft.WriteIfSaid("--max-loras", workload.LoraSlots, nameof(workload.LoraSlots));
            draft.WriteIfSaid("--max-lora-rank", workload.MaxLoraRank, nameof(workload.MaxLoraRank));
        }
    }
}
