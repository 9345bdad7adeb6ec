using LlmMemory.Errors;
using LlmMemory.Estimation.Training.Configuration;
using LlmMemory.Workloads;

namespace LlmMemory.Commands;

/// <content>Configuration files of trainings of all weights.</content>
public abstract partial class ModelEstimateCommand
{
    // A configuration is of a training, so that nobody has to say so.
    private EstimateMode? ConfiguredMode => Configuration is null ? null : EstimateMode.Training;

    private protected override LlmMemoryException? Refusal(TrainingConfiguration configuration)
    {
        return configuration.TrainsAdapter == true
            ? new LlmMemoryException(
                ErrorIds.TrainingConfigContradictory,
                ConfigPath[0],
                $"'{ConfigPath[0]}' trains an adapter, and this command estimates the training of all weights. Write Get-LoraMemoryEstimate -ConfigPath {ConfigPath[0]}.")
            : null;
    }
}
