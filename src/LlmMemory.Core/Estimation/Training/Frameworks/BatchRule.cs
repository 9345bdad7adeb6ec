using LlmMemory.Errors;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Frameworks;

/// <summary>How micro batch, ranks, accumulation and global batch belong together.</summary>
internal static class BatchRule
{
    /// <summary>The passes of a step: as said, or what the global batch leaves; 1 where neither is said.</summary>
    /// <param name="run">The run.</param>
    /// <param name="microBatchSize">The samples of a pass.</param>
    /// <param name="ranks">The ranks with samples of their own.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>: the batches do not divide.</exception>
    public static int Accumulation(TrainingRun run, int microBatchSize, int ranks)
    {
        if (run.GlobalBatchSize is not { } global)
        {
            return run.GradientAccumulation ?? 1;
        }

        var each = checked((long)microBatchSize * ranks * (run.GradientAccumulation ?? 1));
        if (global % each != 0 || (run.GradientAccumulation is not null && global != each))
        {
            throw new LlmMemoryException(
                ErrorIds.TrainingSettingInvalid,
                global,
                $"A global batch of {global} samples is not {microBatchSize} of a micro batch x {ranks} ranks"
                + (run.GradientAccumulation is { } said ? $" x {said} passes. " : " x a whole number of passes. ")
                + $"Write -GlobalBatchSize {each}, or leave it out.");
        }

        return run.GradientAccumulation ?? (int)(global / each);
    }
}
