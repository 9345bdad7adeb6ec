using System.Collections.Generic;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Configuration;

/// <summary>Makes a run of what its files say, where one changes what another means.</summary>
internal static class ConfigurationComposer
{
    /// <summary>The configuration.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingConfigSettingInvalid"/>: batches do not divide.</exception>
    public static TrainingConfiguration Compose(ConfigurationDraft draft)
    {
        NoteMissingFile(draft);
        return new TrainingConfiguration
        {
            Framework = draft.Framework.Value,
            Model = draft.Model.Value,
            WeightFormat = WeightFormat(draft),
            Run = Run(draft),
            TrainsAdapter = OrNull(draft.TrainsAdapter),
            Adapter = Adapter(draft),
        };
    }

    private static TrainingRun Run(ConfigurationDraft draft)
    {
        var ranks = OrNull(draft.DataParallel) ?? RanksOfBatch(draft);
        return new TrainingRun
        {
            MicroBatchSize = OrNull(draft.MicroBatchSize),
            SequenceLength = OrNull(draft.SequenceLength),
            GradientAccumulation = OrNull(draft.GradientAccumulation),
            GlobalBatchSize = draft.GradientAccumulation.IsSaid ? null : OrNull(draft.GlobalBatchSize),
            DataParallel = ranks,
            Sharding = draft.Sharding.Value,
            Precision = Precision(draft),
            Recompute = draft.Recompute.Value,
            AttentionKernel = draft.AttentionKernel.Value,
            LayerKernels = draft.LayerKernels.Value,
            LossKernel = draft.LossKernel.Value,
            Optimizer = draft.DeepSpeedOptimizer.Value ?? draft.Optimizer.Value,
            OptimizerInBackward = draft.OptimizerInBackward.Value,
            AdapterDropout = draft.AdapterDropout.Value,
            Recipe = draft.Recipe.Value,
            Offload = draft.Offload.Value,
            ZeroBuffers = draft.ZeroBuffers.Value,
            Notes = draft.Notes,
        };
    }

    // train_batch_size = micro batch x accumulation x ranks (deepspeedai/DeepSpeed runtime/config.py, _configure_train_batch_size).
    private static int? RanksOfBatch(ConfigurationDraft draft)
    {
        if (!draft.GlobalBatchSize.IsSaid || !draft.MicroBatchSize.IsSaid || !draft.GradientAccumulation.IsSaid)
        {
            return null;
        }

        var (global, each) = (draft.GlobalBatchSize.Value, (long)draft.MicroBatchSize.Value * draft.GradientAccumulation.Value);
        return global % each == 0 ? (int)(global / each) : throw draft.GlobalBatchSize.Source!.Bad(
            $"not a whole number of {draft.MicroBatchSize.Value} x {draft.GradientAccumulation.Value} samples, the micro batch x the accumulated passes",
            each.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    // DeepSpeed casts the model, and accelerate then leaves autocast off (huggingface/accelerate accelerator.py: native_amp).
    private static TrainingPrecision? Precision(ConfigurationDraft draft)
    {
        return UsesDeepSpeed(draft) ? TrainingPrecision.Pure : draft.Precision.Value;
    }

    private static string? WeightFormat(ConfigurationDraft draft)
    {
        var said = draft.WeightFormat.Value;
        if (said is not (null or "BF16" or "F16" or "F32"))
        {
            return said;
        }

        if (draft.DeepSpeedType.Value is { } cast)
        {
            return cast;
        }

        var isSplit = draft.Sharding.Value?.SplitsWeights == true;
        return draft.UpcastsTrained.Value && !isSplit && !draft.TrainsAdapter.Value ? "F32" : said;
    }

    private static AdapterSpecification Adapter(ConfigurationDraft draft)
    {
        return new AdapterSpecification
        {
            Method = draft.AdapterMethod.Value,
            Rank = OrNull(draft.Rank),
            BlockSize = OrNull(draft.BlockSize),
            DataType = draft.AdapterType.Value,
            TargetModules = draft.TargetModules.Value ?? [],
            ExcludeModules = draft.ExcludeModules.Value ?? [],
            TargetParameters = draft.TargetParameters.Value ?? [],
            ModulesToSave = draft.ModulesToSave.Value ?? [],
            LayersToTransform = draft.LayersToTransform.Value ?? [],
            LayersPattern = draft.LayersPattern.Value ?? [],
            RankPattern = draft.RankPattern.Value ?? (IReadOnlyList<KeyValuePair<string, int>>)[],
        };
    }

    private static void NoteMissingFile(ConfigurationDraft draft)
    {
        if (draft.DeepSpeedFile.Source is { } source && !UsesDeepSpeed(draft) && !draft.Sharding.IsSaid)
        {
            draft.Note($"{source.Place} names DeepSpeed's configuration {Quoted.Value(source.Text)}, which was not given: nothing is split. Add it to -ConfigPath.");
        }
    }

    private static bool UsesDeepSpeed(ConfigurationDraft draft)
    {
        return draft.DeepSpeedType.IsSaid || draft.Sharding.Value?.IsZero == true;
    }

    private static T? OrNull<T>(ConfigurationSlot<T> slot)
        where T : struct
    {
        return slot.IsSaid ? slot.Value : null;
    }
}
