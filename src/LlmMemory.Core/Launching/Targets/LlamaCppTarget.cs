using System.Globalization;
using System.Linq;
using LlmMemory.Launching.Text;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Launching.Targets;

/// <summary><c>llama-server</c>. Source: ggml-org/llama.cpp common/arg.cpp of v0.5.0 (de3ff815).</summary>
internal sealed class LlamaCppTarget : ServerTarget
{
    /// <summary>Creates the target.</summary>
    public LlamaCppTarget()
        : base("LlamaCpp", "LlamaCpp: the command llama-server", "llama.cpp", "llamaserver")
    {
    }

    private protected override string EngineOfEstimates => "LlamaCpp";

    private protected override LaunchDocument Write(LaunchDraft draft, InferenceWorkload workload, LaunchLayout layout, LaunchShell shell)
    {
        var model = LaunchModel.Gguf(draft.Request, Name);
        Note(draft, model);
        draft.Add("--model", model.Place, "the model");
        WriteContext(draft, workload);
        WriteCache(draft, workload);
        WritePlacement(draft, workload);
        WriteFurtherModels(draft, workload);
        draft.LeaveOut(nameof(workload.TensorParallel), "llama.cpp spreads layers over GPUs by itself: --split-mode, --tensor-split.");
        draft.LeaveOut(nameof(workload.DataParallel), "start as many servers, each with GPUs and a port of its own.");
        draft.LeaveOut(nameof(workload.GpuCount), "llama.cpp takes all GPUs that it sees; CUDA_VISIBLE_DEVICES or --device narrows them.");
        return draft.ToDocument(shell.Name, comments => CommandText.Write(shell, comments, ["llama-server"], draft.Settings));
    }

    // Without a context llama-server shortens it until it fits (--fit), and the estimate would not hold.
    private static void WriteContext(LaunchDraft draft, InferenceWorkload workload)
    {
        if (ContextTokens.OfAll(draft.Request, workload) is { } tokens)
        {
            draft.Write("--ctx-size", tokens, nameof(workload.ContextLength));
        }

        draft.WriteIfSaid("--parallel", workload.Concurrency, nameof(workload.Concurrency));
        draft.WriteIfSaid(workload.UnifiedKv == true ? "--kv-unified" : "--no-kv-unified", true, nameof(workload.UnifiedKv));
        draft.WriteIfSaid("--batch-size", workload.BatchSize, nameof(workload.BatchSize));
        draft.WriteIfSaid("--ubatch-size", workload.MicroBatchSize, nameof(workload.MicroBatchSize));
    }

    private static void WriteCache(LaunchDraft draft, InferenceWorkload workload)
    {
        draft.WriteIfSaid("--cache-type-k", TypeOf(workload.KvCacheType), nameof(workload.KvCacheType));
        var values = workload.ValueCacheType ?? workload.KvCacheType;
        if (values is not null && values != CacheTypes.F16 && TypeOf(values) is { } type)
        {
            draft.Write("--cache-type-v", type, nameof(workload.ValueCacheType));
        }

        draft.WriteIfSaid("--flash-attn", workload.FlashAttention == true ? "on" : "off", nameof(workload.FlashAttention));
        draft.WriteIfSaid("--no-kv-offload", true, nameof(workload.NoKvOffload));
    }

    // Left to itself, llama.cpp offloads as many layers as fit; estimates count all of them.
    private static void WritePlacement(LaunchDraft draft, InferenceWorkload workload)
    {
        var all = draft.Request.GpuCount > 0 ? (object)"all" : 0;
        draft.Write("--n-gpu-layers", workload.GpuLayers ?? all, nameof(workload.GpuLayers));
        draft.WriteIfSaid(
            "--tensor-split",
            string.Join(",", workload.TensorSplit.Select(share => share.ToString(CultureInfo.InvariantCulture))),
            nameof(workload.TensorSplit));
        draft.WriteIfSaid("--split-mode", workload.SplitMode?.ToLowerInvariant(), nameof(workload.SplitMode));
        draft.WriteIfSaid("--main-gpu", workload.MainGpu, nameof(workload.MainGpu));
        foreach (var rule in workload.OverrideTensor)
        {
            draft.Write("--override-tensor", rule, nameof(workload.OverrideTensor));
        }

        draft.WriteIfSaid("--cpu-moe", true, nameof(workload.CpuMoe));
        draft.WriteIfSaid("--n-cpu-moe", workload.CpuMoeLayers, nameof(workload.CpuMoeLayers));
        draft.WriteIfSaid("--load-mode", "none", nameof(workload.NoMemoryMap));
    }

    private static void WriteFurtherModels(LaunchDraft draft, InferenceWorkload workload)
    {
        draft.WriteIfSaid("--mmproj", workload.Projector?.Name, nameof(workload.Projector));
        foreach (var adapter in workload.LoraAdapter)
        {
            draft.Write("--lora", adapter.Name, nameof(workload.LoraAdapter));
        }

        draft.WriteIfSaid("--spec-draft-model", workload.DraftModel?.Name, nameof(workload.DraftModel));
        draft.WriteIfSaid("--spec-draft-ngl", workload.DraftGpuLayers, nameof(workload.DraftGpuLayers));
        draft.WriteIfSaid("--spec-draft-n-max", workload.SpeculativeTokens, nameof(workload.SpeculativeTokens));
        if (workload.Projector is not null || workload.LoraAdapter.Count > 0 || workload.DraftModel is not null)
        {
            draft.Note("Further models stand here by the estimate's names for them: put their files' paths there.");
        }
    }

    // kv_cache_types of common/arg.cpp has all of the catalogue's types but those of vLLM and SGLang.
    private static string? TypeOf(CacheType? type)
    {
        return type is { Name: "f32" or "f16" or "bf16" or "q8_0" or "q5_1" or "q5_0" or "q4_1" or "q4_0" or "iq4_nl" } ? type.Name : null;
    }
}
