namespace LlmMemory.Estimation.Comparison.Formats;

/// <summary>
/// Which process of vLLM writes a line: <c>(Worker_PP0_TP1 pid=7)</c>, <c>(VllmWorker rank=1 pid=7)</c>,
/// <c>(EngineCore_DP0 pid=7)</c>. A name has only those groups that have more than one member. Source:
/// vllm-project/vllm, vllm/v1/executor/multiproc_executor.py (setup_proc_title_and_log_prefix).
/// </summary>
internal static class VllmProcess
{
    private static readonly LogPattern Worker = new("Worker_", @"\((?<l>Worker(?:_(?<g>[A-Z]+)(?<i>\d{1,6}))+)\b");

    private static readonly LogPattern Ranked = new("VllmWorker rank=", @"VllmWorker (?<l>rank=(?<i>\d{1,6}))\b");

    private static readonly LogPattern Core = new("EngineCore_DP", @"\((?<l>EngineCore_DP(?<i>\d{1,6}))\b");

    /// <summary>The rank that a line speaks of.</summary>
    public static LogPlace PlaceOf(string text)
    {
        if (Worker.In(text) is { } worker)
        {
            return RankGroups.PlaceOf(worker);
        }

        return Ranked.In(text) is { } ranked
            ? new LogPlace(LogPlaceKind.Gpu, ranked.Groups["l"].Value) { Index = RankGroups.Number(ranked.Groups["i"]) }
            : CopyOf(text);
    }

    /// <summary>The copy of the model that a line speaks of.</summary>
    public static LogPlace CopyOf(string text)
    {
        return Core.In(text) is { } core
            ? new LogPlace(LogPlaceKind.Rank, core.Groups["l"].Value) { Copy = RankGroups.Number(core.Groups["i"]) }
            : LogPlace.Unsaid;
    }
}
