using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace LlmMemory.Estimation.Comparison.Formats;

/// <summary>
/// The log of SGLang, whose GB are 2^30 bytes. Source: sgl-project/sglang,
/// python/sglang/srt/model_executor/model_runner.py (load_model, init_device_graphs),
/// python/sglang/srt/mem_cache/memory_pool.py and swa_memory_pool.py (the pools), python/sglang/srt/managers/scheduler.py.
/// </summary>
internal sealed class SglangLogFormat : EngineLogFormat
{
    private const string Size = @"(?<n>-?[\d.]+) ?(?<u>G)B";

    private static readonly LogPattern Start = new("server_args=", @"\bserver_args=(?:ServerArgs\(|\{)(?:.*?\bmodel_path'?[=:] ?'(?<m>[^']+)')?");

    private static readonly LogPattern AttentionCopies = new("enable_dp_attention", @"\benable_dp_attention'?[=:] ?True");

    private static readonly LogPattern LoadBegin = new("Load weight begin", @"Load weight begin\. avail mem=" + Size);

    private static readonly LogPattern LoadEnd = new("Load weight end", @"Load weight end\..*?\bmem usage=" + Size);

    private static readonly LogPattern LoadEndBefore = new("Load weight end", @"Load weight end\..*?\bavail mem=" + Size);

    private static readonly LogPattern Pool = new(
        "KV Cache is allocated", @"KV Cache is allocated\..*?\bK size: " + Size + @", V size: (?<v>[\d.]+) ?GB");

    private static readonly LogPattern LatentPool = new("KV Cache is allocated", @"KV Cache is allocated\..*?\bKV size: " + Size);

    private static readonly LogPattern States = new(
        "conv_state size", @"Cache is allocated\..*?conv_state size: " + Size + @",? ssm_state size: (?<v>[\d.]+) ?GB");

    private static readonly LogPattern Graphs = new("raph end", @"Capture .*?(?i:cuda graph) end\..*?\bmem usage=" + Size);

    private static readonly LogPattern Tokens = new("max_total_num_tokens=", @"\bmax_total_num_tokens=(?<n>\d+)");

    private static readonly (string Name, LogPattern Pattern)[] SettingPatterns =
    [
        ("ContextLength", new("context_len=", @"\bcontext_len=(?<n>\d+)")),
        ("TensorParallel", new("tp_size", @"\btp_size'?[=:] ?(?<n>\d+)")),
        ("PipelineParallel", new("pp_size", @"\bpp_size'?[=:] ?(?<n>\d+)")),
        ("DataParallel", new("dp_size", @"\bdp_size'?[=:] ?(?<n>\d+)")),
        ("MaxSequences", new("max_running_requests=", @"\bmax_running_requests=(?<n>\d+)")),
    ];

    private readonly Dictionary<LogPlace, LogQuantity> _freeBefore = [];
    private bool _copiesShareRanks;

    /// <summary>Begins to read.</summary>
    public SglangLogFormat(string logName)
        : base("SGLang", logName)
    {
    }

    /// <inheritdoc/>
    public override void Read(LogLine line)
    {
        if (Start.In(line.Text) is { } start)
        {
            Record.Restart();
            _freeBefore.Clear();
            _copiesShareRanks = AttentionCopies.In(line.Text) is not null;
            Record.Model = start.Groups["m"].Success ? start.Groups["m"].Value : null;
        }

        foreach (var (name, pattern) in SettingPatterns)
        {
            Setting(name, pattern.In(line.Text), line);
        }

        var place = SglangProcess.PlaceOf(line.Text, _copiesShareRanks);
        ReadWeights(line, place);
        ReadPools(line, place);
        Record.Add(Memory(LogFigureNames.CudaGraphs, place, Graphs.In(line.Text), line));
        Record.Set(Count(LogFigureNames.CacheTokens, place, Tokens.In(line.Text), line, "tokens"));
    }

    private void ReadWeights(LogLine line, LogPlace place)
    {
        if (LoadBegin.In(line.Text) is { } begin && OfGroups(begin) is { } free && _freeBefore.Count < 1024)
        {
            _freeBefore[place] = free;
        }

        // Versions before 0.4.4 print what is free, not what was taken.
        if (LoadEnd.In(line.Text) is { } end)
        {
            Record.Add(Memory(LogFigureNames.Weights, place, end, line));
        }
        else if (LoadEndBefore.In(line.Text) is { } left && OfGroups(left) is { } after && _freeBefore.TryGetValue(place, out var before))
        {
            var taken = new LogQuantity(before.Value - after.Value, before.Rounding + after.Rounding, LogQuantity.Bytes);
            Record.Add(new EngineLogFigure(LogFigureNames.Weights, place, taken, line.Number));
        }
    }

    // Models with windows have two pools, and a draft model has its own.
    private void ReadPools(LogLine line, LogPlace place)
    {
        Record.Add(SumOf(LogFigureNames.KvCache, Pool.In(line.Text), line, place));
        Record.Add(Memory(LogFigureNames.KvCache, place, LatentPool.In(line.Text), line));
        Record.Add(SumOf(LogFigureNames.RecurrentState, States.In(line.Text), line, place));
    }

    private static EngineLogFigure? SumOf(string name, Match? match, LogLine line, LogPlace place)
    {
        return match is not null && OfGroups(match) is { } first && LogQuantity.OfMemory(match.Groups["v"].Value, "G") is { } second
            ? new EngineLogFigure(name, place, first + second, line.Number)
            : null;
    }

    private static LogQuantity? OfGroups(Match match)
    {
        return LogQuantity.OfMemory(match.Groups["n"].Value, match.Groups["u"].Value);
    }
}
