using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Estimation.Training.Configuration;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Commands;

/// <content>Configuration files of trainings of adapters.</content>
public sealed partial class GetLoraMemoryEstimateCommand
{
    private protected override LlmMemoryException? Refusal(TrainingConfiguration configuration)
    {
        return configuration.TrainsAdapter == false && !SaysAdapter && !IsTyped(nameof(AdapterParameters))
            ? new LlmMemoryException(
                ErrorIds.TrainingConfigContradictory,
                ConfigPath[0],
                $"'{ConfigPath[0]}' trains all weights. Write Get-LlmMemoryEstimate -ConfigPath {ConfigPath[0]}, or say the adapter: -Rank 16.")
            : null;
    }

    // What the files say stands where nothing was typed.
    private AdapterSpecification Configured(AdapterSpecification typed)
    {
        if (Configuration?.Adapter is not { } files)
        {
            return typed;
        }

        return files with
        {
            TargetModules = typed.TargetModules.Count > 0 ? typed.TargetModules : files.TargetModules,
            ExcludeModules = typed.ExcludeModules.Count > 0 ? typed.ExcludeModules : files.ExcludeModules,
            TargetParameters = typed.TargetParameters.Count > 0 ? typed.TargetParameters : files.TargetParameters,
            LayersToTransform = typed.LayersToTransform.Count > 0 ? typed.LayersToTransform : files.LayersToTransform,
            LayersPattern = typed.LayersPattern.Count > 0 ? typed.LayersPattern : files.LayersPattern,
            RankPattern = typed.RankPattern.Count > 0 ? typed.RankPattern : files.RankPattern,
            ModulesToSave = typed.ModulesToSave.Count > 0 ? typed.ModulesToSave : files.ModulesToSave,
            FeedForwardModules = typed.FeedForwardModules,
        };
    }

    private bool HasDropout(TrainingRun run)
    {
        return IsTyped(nameof(AdapterDropout)) ? AdapterDropout : run.AdapterDropout;
    }
}
