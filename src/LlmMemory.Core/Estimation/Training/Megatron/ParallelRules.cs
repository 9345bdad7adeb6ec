using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>
/// What has to divide what. Source: NVIDIA/Megatron-LM megatron/training/arguments.py (validate_args),
/// megatron/core/transformer/transformer_config.py, megatron/core/parallel_state.py (initialize_model_parallel).
/// </summary>
internal static class ParallelRules
{
    // More than any cluster has, and few enough to be counted one by one.
    private const long MaxRanks = 1L << 16;

    /// <summary>Checks degrees against each other.</summary>
    /// <param name="run">The run, its degrees filled in.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public static void CheckRanks(TrainingRun run)
    {
        int[] degrees = [run.TensorParallel!.Value, run.PipelineParallel!.Value, run.ContextParallel!.Value, run.DataParallel!.Value];
        var world = degrees.Aggregate(1L, (product, degree) => Math.Min(product * degree, MaxRanks + 1));
        MegatronRule.Require(
            world <= MaxRanks,
            degrees.Max(),
            $"{string.Join(" x ", degrees)} ranks (tensor, pipeline, context, data) are more than {MaxRanks}. "
            + "Write less: -TensorParallel 8 -PipelineParallel 4 -DataParallel 8.");
        var sequence = run.SequenceLength!.Value;
        var share = run.ContextParallel == 1 ? 1 : 2L * run.ContextParallel!.Value;
        MegatronRule.Require(
            sequence % share == 0,
            sequence,
            $"{sequence} tokens do not divide into 2 x {run.ContextParallel} pieces of context parallelism. Write a multiple of {share}: -SequenceLength {share}.");
        var split = run.SequenceParallel == true ? run.TensorParallel.Value : 1;
        MegatronRule.Require(
            sequence / run.ContextParallel.Value % split == 0,
            sequence,
            $"{sequence} tokens do not divide over {split} ranks of sequence parallelism. Write a multiple: -SequenceLength {checked(split * run.ContextParallel.Value)}.");
    }

    /// <summary>Checks the pieces of a pipeline against the micro batches.</summary>
    /// <param name="run">The run, pieces and micro batches filled in.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public static void CheckInterleaving(TrainingRun run)
    {
        var (stages, chunks, batches, group) = (run.PipelineParallel!.Value, run.VirtualPipeline!.Value, run.GradientAccumulation!.Value, run.MicroBatchGroup!.Value);
        if (chunks == 1)
        {
            return;
        }

        MegatronRule.Require(stages > 1, chunks, $"{chunks} pieces of the model on one stage are no pipeline. Write -PipelineParallel 2 or more.");
        MegatronRule.Require(
            group >= stages && group <= batches,
            group,
            $"{group} micro batches pass a piece in turn: at least the {stages} stages, and at most the {batches} micro batches of a step. "
            + $"Write -MicroBatchGroup {stages} and a larger -GlobalBatchSize.");
        MegatronRule.Require(
            batches % group == 0 || batches % group >= stages,
            batches,
            $"{batches} micro batches leave {batches % group} beside groups of {group}, fewer than the {stages} stages. Write a multiple of {group}.");
    }

    /// <summary>Checks degrees against the model.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public static void CheckModel(MegatronPlan plan)
    {
        var ranks = plan.Tensor;
        foreach (var (what, count) in Divided(plan.Section))
        {
            MegatronRule.Require(
                count % ranks == 0,
                ranks,
                $"{ranks} ranks of tensor parallelism do not divide the {count} {what} of {Quoted.Value(plan.Model.Name)}. Write a divisor: -TensorParallel {Divisor(count, ranks)}.");
        }

        foreach (var experts in plan.Section.Layers.SelectMany(layer => layer.Blocks.OfType<MixtureOfExperts>()).Distinct())
        {
            CheckExperts(plan, experts);
        }

        MegatronRule.Require(
            plan.HasExperts || plan.Expert == 1,
            plan.Expert,
            $"{Quoted.Value(plan.Model.Name)} has no experts to spread over {plan.Expert} ranks. Leave -ExpertParallelSize out.");
    }

    private static void CheckExperts(MegatronPlan plan, MixtureOfExperts experts)
    {
        MegatronRule.Require(
            experts.Experts % plan.Expert == 0,
            plan.Expert,
            $"{plan.Expert} ranks of expert parallelism do not divide {experts.Experts} experts. Write a divisor: -ExpertParallelSize {Divisor(experts.Experts, plan.Expert)}.");
        MegatronRule.Require(
            experts.ExpertIntermediateSize % plan.ExpertTensor == 0,
            plan.ExpertTensor,
            $"{plan.ExpertTensor} ranks do not divide experts {experts.ExpertIntermediateSize} wide. Write a divisor: -ExpertTensorParallel {Divisor(experts.ExpertIntermediateSize, plan.ExpertTensor)}.");
        var each = checked((long)plan.Expert * plan.ExpertTensor);
        MegatronRule.Require(
            plan.StageRanks % each == 0,
            plan.Expert,
            $"Experts take {plan.Expert} x {plan.ExpertTensor} ranks (expert and expert tensor parallelism), which do not divide the {plan.StageRanks} ranks of a stage. "
            + $"Write -DataParallel so that they do, or -ExpertTensorParallel 1.");
    }

    private static IEnumerable<(string What, int Count)> Divided(ModelSection section)
    {
        foreach (var block in section.Layers.SelectMany(layer => layer.Blocks).Distinct())
        {
            switch (block)
            {
                case GroupedQueryAttention attention:
                    yield return ("heads", attention.Heads);
                    yield return ("heads with keys", attention.KeyValueHeads);
                    break;
                case LatentAttention latent:
                    yield return ("heads", latent.Heads);
                    break;
                case DenseMlp mlp:
                    yield return ("columns of the feed-forward network", mlp.IntermediateSize);
                    break;
                case MixtureOfExperts { SharedIntermediateSize: > 0 } experts:
                    yield return ("columns of the shared experts", experts.SharedIntermediateSize);
                    break;
            }
        }
    }

    private static int Divisor(int count, int most)
    {
        return Enumerable.Range(1, Math.Max(1, Math.Min(count, most))).Last(fewer => count % fewer == 0);
    }
}
