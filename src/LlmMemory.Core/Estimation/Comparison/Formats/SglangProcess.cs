namespace LlmMemory.Estimation.Comparison.Formats;

/// <summary>
/// Which process of SGLang writes a line: <c>[2025-10-16 09:06:22 DP1 TP3]</c>. Source: sgl-project/sglang,
/// python/sglang/srt/managers/scheduler.py (the prefix of its logger).
/// </summary>
internal static class SglangProcess
{
    private static readonly LogPattern Prefix = new("P", @"\[[\d:. -]{8,}(?<l>(?: (?<g>DP|PP|TP|EP|ATTN_CP|MOE_DP)(?<i>\d{1,6}))+)\]");

    /// <summary>The rank that a line speaks of.</summary>
    /// <param name="text">The line.</param>
    /// <param name="copiesShareRanks">True where only attention has copies: TP then counts all ranks.</param>
    public static LogPlace PlaceOf(string text, bool copiesShareRanks)
    {
        if (Prefix.In(text) is not { } match)
        {
            return LogPlace.Unsaid;
        }

        var place = RankGroups.PlaceOf(match);
        return copiesShareRanks ? place with { Copy = 0 } : place;
    }
}
