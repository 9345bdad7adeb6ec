using System;
using System.Linq;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>
/// How many micro batches a stage has begun and not finished when it holds the most: those of the warm-up and one more.
/// Source: NVIDIA/Megatron-LM megatron/core/pipeline_parallel/schedules.py (get_pp_rank_microbatches,
/// get_schedule_table).
/// </summary>
internal static class PipelineSchedule
{
    /// <summary>The micro batches in flight, for each piece of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="microBatches">The micro batches of a step.</param>
    /// <param name="group">Interleaved: the micro batches that pass a piece before the next.</param>
    public static long[] InFlight(PipelineStage stage, long microBatches, long group)
    {
        var chunks = stage.Chunks.Count;
        var after = stage.Count - stage.Index - 1;
        if (chunks == 1)
        {
            return [Math.Min(after + 1, microBatches)];
        }

        var all = checked(microBatches * chunks);
        var begun = Math.Min(checked((2L * after) + ((chunks - 1) * group) + 1), all);
        return [.. Enumerable.Range(0, chunks).Select(chunk => Begun(chunk, chunks, begun, microBatches, group))];
    }

    // Groups of micro batches pass the pieces in turns; the last group has what is left.
    private static long Begun(int chunk, int chunks, long begun, long microBatches, long group)
    {
        var turns = begun / (group * chunks);
        var last = Math.Min(group, microBatches - (turns * group));
        var rest = begun - (turns * group * chunks) - (chunk * last);
        return (turns * group) + Math.Max(0, Math.Min(rest, last));
    }
}
