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
            ErrorIds.DataTypeUnknown or ErrorIds.ModeUnknown or ErrorIds.OptimizerUnknown => ErrorCategory.ObjectNotFound,
            ErrorIds.EstimateOverflow => ErrorCategory.LimitsExceeded,
            _ => ErrorCategory.InvalidArgument,
        };
    }
}
