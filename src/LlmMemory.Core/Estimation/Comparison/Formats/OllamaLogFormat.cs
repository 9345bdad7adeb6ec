using System.Linq;

namespace LlmMemory.Estimation.Comparison.Formats;

/// <summary>
/// The log of Ollama's server: what it means to place (<c>msg=offload</c>), what its own engine allocates, and the lines
/// of llama.cpp, which runs within it. Source: ollama/ollama, fs/ggml and llm/memory.go (memory.required),
/// ml/backend/ggml/ggml.go and ml/device.go (model weights, kv cache, compute graph), llm/server.go.
/// </summary>
internal sealed class OllamaLogFormat : EngineLogFormat
{
    private const string Size = "=\"?(?<n>[\\d.]+) (?<u>[KMGT]?)i?B\"?";

    private static readonly LogPattern Listening = new("(version ", @"Listening on \S+ \(version (?<v>[\w.+-]+)\)");

    private static readonly LogPattern Runner = new("msg=\"starting ", "msg=\"starting (?:llama server|runner)\".*? --model ");

    private static readonly LogPattern Offload = new("memory.required.full", @"\bmemory\.required\.full" + Size);

    private static readonly (string Name, LogPattern Pattern)[] Forecasts =
    [
        (LogFigureNames.Total, Offload),
        (LogFigureNames.Weights, new("memory.weights.total", @"\bmemory\.weights\.total" + Size)),
        (LogFigureNames.KvCache, new("memory.required.kv", @"\bmemory\.required\.kv" + Size)),
        (LogFigureNames.Compute, new("memory.graph.full", @"\bmemory\.graph\.full" + Size)),
        (LogFigureNames.ProjectorWeights, new("projector.weights", @"\bprojector\.weights" + Size)),
    ];

    private static readonly (string Name, LogPattern Pattern)[] Allocations =
    [
        (LogFigureNames.Weights, new("msg=\"model weights\"", "msg=\"model weights\" (?:buffer|device)=(?<d>\\S+) size" + Size)),
        (LogFigureNames.KvCache, new("msg=\"kv cache\"", "msg=\"kv cache\" device=(?<d>\\S+) size" + Size)),
        (LogFigureNames.Compute, new("msg=\"compute graph\"", "msg=\"compute graph\" (?:backend=\\S+ buffer_type|device)=(?<d>\\S+) size" + Size)),
    ];

    private static readonly LogPattern Total = new("msg=\"total memory\"", "msg=\"total memory\" size" + Size);

    private static readonly (string Name, LogPattern Pattern)[] SettingPatterns =
    [
        ("ContextLength", new("KvSize:", @"\bKvSize:(?<n>\d+)")),
        ("Concurrency", new("Parallel:", @"\bParallel:(?<n>\d+)")),
        ("BatchSize", new("BatchSize:", @"\bBatchSize:(?<n>\d+)")),
        ("ContextLength", new("--ctx-size", @"--ctx-size (?<n>\d+)")),
        ("Concurrency", new("--parallel", @"--parallel (?<n>\d+)")),
        ("BatchSize", new("--batch-size", @"--batch-size (?<n>\d+)")),
    ];

    private readonly LlamaCppLines _llamaCpp;

    /// <summary>Begins to read.</summary>
    public OllamaLogFormat(string logName)
        : base("Ollama", logName)
    {
        _llamaCpp = new LlamaCppLines(Record);
    }

    /// <summary>True where a line was Ollama's own.</summary>
    public bool IsOllama { get; private set; }

    /// <inheritdoc/>
    public override void Read(LogLine line)
    {
        ReadStart(line.Text);
        foreach (var (name, pattern) in SettingPatterns)
        {
            Setting(name, pattern.In(line.Text), line);
        }

        foreach (var (name, pattern) in Forecasts)
        {
            SetOwn(Memory(name, LogPlace.Everywhere, pattern.In(line.Text), line)?.AsForecast());
        }

        ReadAllocations(line);
        _llamaCpp.Read(line);
    }

    // The sizes are planned before or after the runner starts, by version; what was allocated is always an earlier model's.
    private void ReadStart(string text)
    {
        if (Listening.In(text) is { } listening)
        {
            IsOllama = true;
            Record.Version = listening.Groups["v"].Value;
        }

        if (Offload.In(text) is not null || (Runner.In(text) is not null && Record.Figures.Any(figure => !figure.IsForecast)))
        {
            Record.Forget(_ => true);
        }

        IsOllama |= Runner.In(text) is not null;
    }

    private void ReadAllocations(LogLine line)
    {
        foreach (var (name, pattern) in Allocations)
        {
            if (pattern.In(line.Text) is { } match)
            {
                SetOwn(Memory(name, GgmlDevice.PlaceOf(match.Groups["d"].Value), match, line));
            }
        }

        SetOwn(Memory(LogFigureNames.Total, LogPlace.Everywhere, Total.In(line.Text), line));
    }

    private void SetOwn(EngineLogFigure? figure)
    {
        IsOllama |= figure is not null;
        Record.Set(figure);
    }
}
