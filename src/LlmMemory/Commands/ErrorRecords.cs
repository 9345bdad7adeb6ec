using System.Management.Automation;
using LlmMemory.Errors;

namespace LlmMemory.Commands;

/// <summary>The one way from an engine error to an error record: same id, same value, same sentence.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(LlmMemoryException error)
    {
        return new ErrorRecord(error, error.ErrorId, Category(error.ErrorId), error.Value);
    }

    private static ErrorCategory Category(string errorId)
    {
        return errorId switch
        {
            ErrorIds.DataTypeUnknown or ErrorIds.ModeUnknown or ErrorIds.OptimizerUnknown or ErrorIds.ModelUnknown
                or ErrorIds.ArchitectureUnknown or ErrorIds.ModelPartUnknown or ErrorIds.ModelFileNotFound
                or ErrorIds.HubModelNotFound or ErrorIds.HubRevisionNotFound or ErrorIds.QuantizationUnknown or ErrorIds.EngineUnknown
                or ErrorIds.EngineVersionUnknown or ErrorIds.KvCacheTypeUnknown or ErrorIds.LogNotFound or ErrorIds.CalibrationNotFound
                or ErrorIds.MethodUnknown or ErrorIds.FrameworkUnknown or ErrorIds.FrameworkVersionUnknown
                or ErrorIds.AttentionKernelUnknown or ErrorIds.LayerKernelsUnknown or ErrorIds.LossKernelUnknown
                or ErrorIds.RecomputationUnknown or ErrorIds.ShardingUnknown or ErrorIds.OffloadUnknown or ErrorIds.RecipeUnknown or ErrorIds.ReferenceModelUnknown or ErrorIds.TrainingPrecisionUnknown
                or ErrorIds.AdapterMethodUnknown or ErrorIds.AdapterTargetUnknown
                or ErrorIds.TrainingConfigNotFound or ErrorIds.TrainingConfigUnknown
                or ErrorIds.TokenDispatcherUnknown or ErrorIds.GpuGenerationUnknown or ErrorIds.RecomputeModuleUnknown
                or ErrorIds.LimitSettingUnknown or ErrorIds.GpuUnknown or ErrorIds.ObjectiveUnknown or ErrorIds.GpuVendorUnknown
                or ErrorIds.CloudInstanceUnknown or ErrorIds.LaunchTargetUnknown or ErrorIds.LaunchShellUnknown => ErrorCategory.ObjectNotFound,
            ErrorIds.GpuToolMissing => ErrorCategory.NotInstalled,
            ErrorIds.GpuToolFailed => ErrorCategory.DeviceError,
            ErrorIds.GpuToolTimedOut => ErrorCategory.OperationTimeout,
            ErrorIds.GpuToolOutputInvalid => ErrorCategory.InvalidResult,
            ErrorIds.EstimateOverflow or ErrorIds.ModelTooLarge or ErrorIds.ModelFileTooLarge or ErrorIds.LogTooLarge => ErrorCategory.LimitsExceeded,
            ErrorIds.CalibrationExists => ErrorCategory.ResourceExists,
            ErrorIds.CalibrationNotSaved => ErrorCategory.WriteError,
            ErrorIds.HubAccessDenied => ErrorCategory.PermissionDenied,
            ErrorIds.HubTokenRejected => ErrorCategory.AuthenticationError,
            ErrorIds.HubRateLimited or ErrorIds.HubOffline => ErrorCategory.ResourceUnavailable,
            ErrorIds.HubUnavailable => ErrorCategory.ConnectionError,
            ErrorIds.HubResponseInvalid => ErrorCategory.InvalidResult,
            ErrorIds.ModelFileUnreadable or ErrorIds.LocalStoreUnreadable or ErrorIds.LogUnreadable or ErrorIds.TrainingConfigUnreadable
                or ErrorIds.CalibrationUnreadable => ErrorCategory.ReadError,
            ErrorIds.ConfigInvalid or ErrorIds.ConfigFieldMissing or ErrorIds.ConfigFieldInvalid or ErrorIds.GgufInvalid
                or ErrorIds.GgufUnsupported or ErrorIds.GgufMetadataInvalid or ErrorIds.GgufIncomplete
                or ErrorIds.SafetensorsInvalid or ErrorIds.SafetensorsIncomplete or ErrorIds.LogWithoutFigures
                or ErrorIds.LogOfSeveralEngines or ErrorIds.CalibrationInvalid or ErrorIds.EstimateUnreadable
                or ErrorIds.TrainingConfigInvalid or ErrorIds.TrainingConfigSettingInvalid or ErrorIds.TrainingConfigContradictory => ErrorCategory.InvalidData,
            ErrorIds.ModelAlreadyQuantized or ErrorIds.QuantizationImpossible or ErrorIds.EngineRefusesSetting
                or ErrorIds.ServingNeedsArchitecture or ErrorIds.EstimateNotComparable
                or ErrorIds.CalibrationMismatch or ErrorIds.CalibrationUnfit
                or ErrorIds.OptimizerNeedsModel or ErrorIds.MethodNeedsModel
                or ErrorIds.TrainingNeedsArchitecture or ErrorIds.TrainingNeedsPlainWeights
                or ErrorIds.AdapterNeedsCheckpoint or ErrorIds.AdapterTargetUnsupported
                or ErrorIds.FitBandMissing or ErrorIds.LimitSettingUnsuited or ErrorIds.SettingBesideEstimate
                or ErrorIds.LaunchTargetUnsuitable or ErrorIds.LaunchNeedsModel => ErrorCategory.InvalidOperation,
            _ => ErrorCategory.InvalidArgument,
        };
    }
}
