using System.Collections.Generic;
using LlmMemory.Estimation.Serving.Transformers;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Training.Recipes;

/// <summary>
/// What writes the completions: an engine beside the training with a share of each device of its own, or generate of
/// Transformers in the training's process, on all completions of a step at once.
/// </summary>
internal static class RolloutComponents
{
    private const string EngineSource = "huggingface/trl v1.9.0 trl/trainer/grpo_config.py, vllm_gpu_memory_utilization, vllm_mode colocate";

    private const string GenerateSource = "huggingface/trl v1.9.0 trl/trainer/grpo_config.py: generation_batch_size = micro batch x ranks x accumulation; docs/serving.md, Transformers";

    private const string GatherSource = "huggingface/trl v1.9.0 trl/models/utils.py, unwrap_model_for_generation: ds3_gather_for_generation; FSDP.summon_full_params(recurse=False)";

    /// <summary>The components; none where the recipe generates nothing.</summary>
    public static IEnumerable<ComponentDraft> Of(TrainingPlan plan)
    {
        if (plan.Phases.Rollout == 0)
        {
            return [];
        }

        return plan.Run.RolloutMemory is { } share
            ? [new(ComponentRole.Overhead, "Rollout engine", share, () => $"{share} bytes of each device, weights, cache and graphs of the engine", EngineSource)]
            : Generated(plan);
    }

    private static IEnumerable<ComponentDraft> Generated(TrainingPlan plan)
    {
        var (completion, phases) = (plan.Run.CompletionLength!.Value, plan.Phases.Rollout);
        var (prompt, count) = (plan.Run.SequenceLength!.Value - completion, checked(plan.Run.MicroBatchSize!.Value * plan.Accumulation));
        var serving = new TransformersEngine().Estimate(
            plan.Model, new InferenceWorkload { Concurrency = count, PromptLength = prompt, OutputLength = completion });
        var formula = $"{count} completions of {prompt} + {completion} tokens";
        yield return new ComponentDraft(ComponentRole.KvCache, "KV cache of the completions", serving.KvCacheBytes ?? 0, () => formula, GenerateSource) { Phases = phases };
        yield return new ComponentDraft(ComponentRole.Activations, "Working set of generate", serving.ActivationBytes ?? 0, () => formula, GenerateSource) { Phases = phases };
        if (plan.Gathers)
        {
            var gathered = plan.Sharding.IsZero ? GatheredUnits.Whole(plan) : GatheredUnits.RootAndLayer(plan);
            yield return new ComponentDraft(
                ComponentRole.Overhead,
                "Weights gathered to generate",
                gathered,
                () => plan.Sharding.IsZero ? $"{gathered} bytes, all of them" : $"{gathered} bytes: embedding, head and a layer",
                GatherSource)
            { Phases = phases };
        }
    }
}
