using LlmMemory.Launching.Text;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Launching.Targets;

/// <summary>
/// <c>python -m sglang.launch_server</c>. Source: sgl-project/sglang docs/advanced_features/server_arguments.md at
/// 004813e, which lists python/sglang/srt/server_args.py.
/// </summary>
internal sealed class SglangTarget : ServerTarget
{
    /// <summary>Creates the target.</summary>
    public SglangTarget()
        : base("SGLang", "SGLang: the command python -m sglang.launch_server")
    {
    }

    private protected override string EngineOfEstimates => "SGLang";

    private protected override LaunchDocument Write(LaunchDraft draft, InferenceWorkload workload, LaunchLayout layout, LaunchShell shell)
    {
        var model = LaunchModel.Checkpoint(draft.Request, Name);
        Note(draft, model);
        draft.Add("--model-path", model.Place, "the model");
        WriteRanks(draft, workload, layout);
        draft.WriteIfSaid("--context-length", ContextTokens.OfRequest(draft.Request, workload), nameof(workload.ContextLength));
        draft.WriteIfSaid("--mem-fraction-static", workload.GpuMemoryUtilization, nameof(workload.GpuMemoryUtilization));
        draft.WriteIfSaid("--max-running-requests", workload.MaxSequences, nameof(workload.MaxSequences));
        draft.WriteIfSaid("--chunked-prefill-size", workload.MaxBatchedTokens, nameof(workload.MaxBatchedTokens));
        draft.WriteIfSaid("--kv-cache-dtype", CacheTypeOf(workload.KvCacheType), nameof(workload.KvCacheType));
        draft.WriteIfSaid("--disable-radix-cache", true, nameof(workload.PrefixCaching));
        draft.WriteIfSaid("--disable-cuda-graph", true, nameof(workload.EnforceEager));
        WriteAdapters(draft, workload);
        draft.LeaveOut(
            nameof(workload.SpeculativeTokens), "SGLang wants the way to draft too: --speculative-algorithm, with --speculative-num-draft-tokens.");
        return draft.ToDocument(shell.Name, comments => CommandText.Write(shell, comments, ["python", "-m", "sglang.launch_server"], draft.Settings));
    }

    private static void WriteRanks(LaunchDraft draft, InferenceWorkload workload, LaunchLayout layout)
    {
        draft.WriteIfSaid("--tensor-parallel-size", workload.TensorParallel, nameof(workload.TensorParallel));
        draft.WriteIfSaid("--pipeline-parallel-size", workload.PipelineParallel, nameof(workload.PipelineParallel));
        draft.WriteIfSaid("--data-parallel-size", workload.DataParallel, nameof(workload.DataParallel));

        // Experts are spread over the tensor-parallel ranks, all of them.
        draft.WriteIfSaid("--expert-parallel-size", workload.TensorParallel ?? 1, nameof(workload.ExpertParallel));
        if (layout.Nodes > 1)
        {
            draft.Add("--nnodes", layout.Nodes, $"{layout.Nodes} nodes");
            draft.Note($"On each node add --node-rank 0 to {layout.Nodes - 1}, and --dist-init-addr with address and port of the first.");
        }
    }

    private static void WriteAdapters(LaunchDraft draft, InferenceWorkload workload)
    {
        if (workload.LoraSlots > 0)
        {
            draft.Add("--enable-lora", true, $"-{nameof(workload.LoraSlots)}");
            draft.WriteIfSaid("--max-loras-per-batch", workload.LoraSlots, nameof(workload.LoraSlots));
            draft.WriteIfSaid("--max-lora-rank", workload.MaxLoraRank, nameof(workload.MaxLoraRank));
            draft.Note("Without --lora-paths SGLang also wants --lora-target-modules, such as all.");
        }
    }

    private static string? CacheTypeOf(CacheType? type)
    {
        return type == CacheTypes.Fp8 ? "fp8_e4m3"
            : type == CacheTypes.BF16 ? "bf16"
            : type == CacheTypes.NvFp4 ? "fp4_e2m1"
            : null;
    }
}
