using LlmMemory.Launching.Text;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Launching.Targets;

/// <summary>
/// A Modelfile of Ollama, for <c>ollama create</c>. What the server decides for all models is in its environment.
/// Sources: ollama/ollama docs/modelfile.mdx, parser/parser.go, api/types.go (Runner) and envconfig/config.go at fb30760.
/// </summary>
internal sealed class OllamaTarget : ServerTarget
{
    private const string Parameter = "PARAMETER ";

    /// <summary>Creates the target.</summary>
    public OllamaTarget()
        : base("Ollama", "Ollama: a Modelfile for ollama create; what the server is told is named beside it", "modelfile")
    {
    }

    private protected override string EngineOfEstimates => "Ollama";

    private protected override LaunchDocument Write(LaunchDraft draft, InferenceWorkload workload, LaunchLayout layout, LaunchShell shell)
    {
        var model = LaunchModel.Gguf(draft.Request, Name);
        Note(draft, model);
        draft.Add("FROM", model.Place, "the model");
        draft.WriteIfSaid(Parameter + "num_ctx", ContextTokens.OfRequest(draft.Request, workload), nameof(workload.ContextLength));
        draft.WriteIfSaid(Parameter + "num_gpu", workload.GpuLayers, nameof(workload.GpuLayers));
        draft.WriteIfSaid(Parameter + "num_batch", workload.BatchSize, nameof(workload.BatchSize));
        draft.WriteIfSaid(Parameter + "main_gpu", workload.MainGpu, nameof(workload.MainGpu));
        draft.WriteIfSaid(Parameter + "use_mmap", false, nameof(workload.NoMemoryMap));
        draft.WriteIfSaid(Parameter + "draft_num_predict", workload.SpeculativeTokens, nameof(workload.SpeculativeTokens));
        WriteAdapters(draft, workload);
        WriteEnvironment(draft, workload);
        return draft.ToDocument("Modelfile", comments => ModelfileText.Write(comments, draft.Settings));
    }

    private static void WriteAdapters(LaunchDraft draft, InferenceWorkload workload)
    {
        foreach (var adapter in workload.LoraAdapter)
        {
            draft.Write("ADAPTER", adapter.Name, nameof(workload.LoraAdapter));
        }
    }

    // One type for keys and values, and flash attention with all but f16: envconfig/config.go, llm/server.go.
    private static void WriteEnvironment(LaunchDraft draft, InferenceWorkload workload)
    {
        draft.Export("OLLAMA_NUM_PARALLEL", workload.Concurrency, nameof(workload.Concurrency));
        if (workload.KvCacheType is { Name: "f16" or "q8_0" or "q4_0" } type)
        {
            if (type.IsQuantized && draft.IsSaid(nameof(workload.KvCacheType)))
            {
                draft.Note("A quantised cache takes flash attention: OLLAMA_FLASH_ATTENTION=1, where Ollama does not take it by itself.");
            }

            draft.Export("OLLAMA_KV_CACHE_TYPE", type.Name, nameof(workload.KvCacheType));
        }

        draft.Export("OLLAMA_FLASH_ATTENTION", workload.FlashAttention == true ? 1 : 0, nameof(workload.FlashAttention));
        draft.LeaveOut(nameof(workload.GpuCount), "Ollama takes the GPUs that it sees, one where the model fits it; OLLAMA_SCHED_SPREAD=1 takes all.");
    }
}
