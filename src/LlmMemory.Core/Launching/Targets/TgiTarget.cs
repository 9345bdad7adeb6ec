using LlmMemory.Launching.Text;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Launching.Targets;

/// <summary>
/// <c>text-generation-launcher</c>. Source: huggingface/text-generation-inference launcher/src/main.rs (struct Args) of
/// 3.3.6.
/// </summary>
internal sealed class TgiTarget : ServerTarget
{
    /// <summary>Creates the target.</summary>
    public TgiTarget()
        : base("TGI", "TGI: the command text-generation-launcher", "text-generation-inference")
    {
    }

    private protected override string? EngineOfEstimates => null;

    private protected override void CheckSuits(LaunchRequest request)
    {
        base.CheckSuits(request);
        if (request.Serving?.PipelineParallel > 1)
        {
            throw Unsuitable(request.Serving.PipelineParallel, "TGI has no pipeline of stages. Estimate with -TensorParallel alone, or write -Target vLLM.");
        }
    }

    private protected override LaunchDocument Write(LaunchDraft draft, InferenceWorkload workload, LaunchLayout layout, LaunchShell shell)
    {
        var model = LaunchModel.Checkpoint(draft.Request, Name);
        Note(draft, model);
        draft.Add("--model-id", model.Place, "the model");
        draft.WriteIfSaid("--num-shard", workload.TensorParallel, nameof(workload.TensorParallel));
        draft.WriteIfSaid("--max-total-tokens", ContextTokens.OfRequest(draft.Request, workload), nameof(workload.ContextLength));
        draft.WriteIfSaid("--max-input-tokens", workload.PromptLength, nameof(workload.PromptLength));
        draft.WriteIfSaid("--max-batch-prefill-tokens", workload.MaxBatchedTokens, nameof(workload.MaxBatchedTokens));
        draft.WriteIfSaid("--cuda-memory-fraction", workload.GpuMemoryUtilization, nameof(workload.GpuMemoryUtilization));
        draft.WriteIfSaid("--kv-cache-dtype", workload.KvCacheType == CacheTypes.Fp8 ? "fp8_e4m3fn" : null, nameof(workload.KvCacheType));
        draft.WriteIfSaid("--cuda-graphs", 0, nameof(workload.EnforceEager));
        draft.LeaveOut(nameof(workload.DataParallel), "start as many copies, each with GPUs and a port of its own.");
        draft.LeaveOut(nameof(workload.KvCacheType), "TGI caches in the type that the model computes in, or in fp8.");
        return draft.ToDocument(shell.Name, comments => CommandText.Write(shell, comments, ["text-generation-launcher"], draft.Settings));
    }
}
