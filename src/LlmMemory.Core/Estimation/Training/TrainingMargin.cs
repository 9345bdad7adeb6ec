using System.Linq;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Training;

/// <summary>A margin that was asked for, on top of the largest phase.</summary>
internal static class TrainingMargin
{
    /// <summary>The components with the margin; as they are where none is asked for.</summary>
    /// <param name="drafts">The components, alike on every rank that has them.</param>
    /// <param name="margin">The margin as a fraction; none when null.</param>
    /// <param name="phases">The phases of a step.</param>
    public static ComponentDraft[] Added(ComponentDraft[] drafts, decimal? margin, EstimatePhases phases)
    {
        if (margin is not { } fraction || fraction == 0)
        {
            return drafts;
        }

        var peak = Enumerable.Range(0, phases.Count)
            .Max(phase => drafts.Where(draft => draft.LivesIn(phase)).Sum(draft => draft.Bytes));
        var bytes = (long)(peak * fraction);
        var ranks = drafts.Max(draft => draft.DeviceCount);
        var draft = new ComponentDraft(
            ComponentRole.SafetyMargin,
            "Safety margin",
            bytes,
            () => $"margin x peak = {Workloads.SafetyMargin.Format(fraction)} x {ByteSize.FormatGB(peak)}",
            "-SafetyMargin")
        { FirstDevice = drafts.Min(draft => draft.FirstDevice), DeviceCount = ranks };
        return [.. drafts, draft];
    }
}
