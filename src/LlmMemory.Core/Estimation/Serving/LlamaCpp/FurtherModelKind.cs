using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>Sees that what is loaded beside a model is of the kind that it is said to be.</summary>
internal static class FurtherModelKind
{
    /// <summary>The towers; null for none.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineRefusesSetting"/>.</exception>
    public static LlmModel? Projector(InferenceWorkload workload)
    {
        return workload.Projector is { } towers
            ? Checked(towers, ModelKind.Projector, nameof(workload.Projector), "an mmproj file, such as -Projector ./mmproj-F16.gguf")
            : null;
    }

    /// <summary>The adapters.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineRefusesSetting"/>.</exception>
    public static IReadOnlyList<LlmModel> Adapters(InferenceWorkload workload)
    {
        return
        [
            .. workload.LoraAdapter.Select(
                adapter => Checked(adapter, ModelKind.Adapter, nameof(workload.LoraAdapter), "a LoRA adapter, such as -LoraAdapter ./lora.gguf")),
        ];
    }

    /// <summary>The model that drafts; null for none.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineRefusesSetting"/>.</exception>
    public static LlmModel? Draft(InferenceWorkload workload)
    {
        return workload.DraftModel is { } draft
            ? Checked(draft, ModelKind.Model, nameof(workload.DraftModel), "a whole model, such as -DraftModel llama-3.2-1b")
            : null;
    }

    private static LlmModel Checked(LlmModel model, string kind, string setting, string good)
    {
        return model.Kind == kind
            ? model
            : throw new LlmMemoryException(
                ErrorIds.EngineRefusesSetting,
                model.Name,
                $"{Quoted.Value(model.Name)} cannot be -{setting}: it is of kind {model.Kind}. Give {good}.");
    }
}
