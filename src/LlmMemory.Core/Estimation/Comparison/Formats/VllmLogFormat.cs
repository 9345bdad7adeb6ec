namespace LlmMemory.Estimation.Comparison.Formats;

/// <summary>
/// The log of vLLM, its V0 and V1 engines. Source: vllm-project/vllm, vllm/v1/worker/gpu_model_runner.py (load_model,
/// capture_model), vllm/v1/worker/gpu_worker.py (determine_available_memory), vllm/utils/mem_utils.py
/// (MemoryProfilingResult), vllm/v1/core/kv_cache_utils.py (_report_kv_cache_config), vllm/worker/worker.py (V0).
/// </summary>
internal sealed class VllmLogFormat : EngineLogFormat
{
    // Both engines divide by 2^30, also where the older one writes GB.
    private const string Size = @"(?<n>-?[\d.]+) ?(?<u>G)i?B";

    private static readonly LogPattern Start = new("vLLM API server version", @"vLLM API server version (?<v>[\w.+-]+)");

    private static readonly LogPattern Initialising = new("LLM engine (v", @"LLM engine \(v(?<v>[\w.+-]+)\)");

    private static readonly LogPattern ModelName = new("model='", @"config: model='(?<m>[^']+)'");

    private static readonly LogPattern Loaded = new("loading took", @"[Mm]odel loading took " + Size);

    private static readonly LogPattern LoadedBefore = new("weights took", @"Loading model weights took " + Size);

    private static readonly LogPattern Peak = new("torch peak memory increase", @"torch peak memory increase: " + Size);

    private static readonly LogPattern NonTorch = new("non-torch forward", @"non-torch forward increase memory: " + Size);

    private static readonly LogPattern Profile = new(
        "model weights take",
        @"model weights take (?<w>-?[\d.]+) ?(?<u>G)i?B; non_torch_memory takes (?<o>-?[\d.]+) ?Gi?B; "
        + @"PyTorch activation peak memory takes (?<a>-?[\d.]+) ?Gi?B; the rest of the memory reserved for KV Cache is (?<k>-?[\d.]+) ?Gi?B");

    private static readonly LogPattern Share = new("gpu_memory_utilization (", @"gpu_memory_utilization \((?<s>[\d.]+)\) ?= ?" + Size);

    private static readonly LogPattern Requested = new("Requested memory:", @"Requested memory: (?<s>[\d.]+) \(util\), " + Size);

    private static readonly LogPattern Available = new("Available KV cache memory", @"Available KV cache memory: " + Size);

    private static readonly LogPattern Tokens = new("GPU KV cache size", @"GPU KV cache size: (?<n>[\d,]+) tokens");

    private static readonly LogPattern Blocks = new(" blocks: ", @"# (?:GPU|cuda) blocks: (?<n>\d+)");

    private static readonly LogPattern Concurrency = new(
        "Maximum concurrency for", @"Maximum concurrency for (?<c>[\d,]+) tokens per request: (?<n>[\d.]+)x");

    private static readonly LogPattern Graphs = new("Graph capturing finished", @"Graph capturing finished in \d+ secs?, took " + Size);

    private static readonly LogPattern GraphPool = new("CUDA graph pool memory", @"CUDA graph pool memory: " + Size + @" \(actual\)");

    private static readonly (string Name, LogPattern Pattern)[] SettingPatterns =
    [
        ("ContextLength", new("max_seq_len=", @"\bmax_seq_len=(?<n>\d+)")),
        ("ContextLength", new("max model len", @"Using max model len (?<n>\d+)")),
        ("TensorParallel", new("tensor_parallel_size", @"\btensor_parallel_size'?[=:] ?(?<n>\d+)")),
        ("PipelineParallel", new("pipeline_parallel_size", @"\bpipeline_parallel_size'?[=:] ?(?<n>\d+)")),
        ("DataParallel", new("data_parallel_size", @"\bdata_parallel_size'?[=:] ?(?<n>\d+)")),
        ("DecodeContextParallel", new("decode_context_parallel_size", @"\bdecode_context_parallel_size'?[=:] ?(?<n>\d+)")),
        ("MaxSequences", new("max_num_seqs", @"\bmax_num_seqs'?[=:] ?(?<n>\d+)")),
        ("MaxBatchedTokens", new("max_num_batched_tokens", @"\bmax_num_batched_tokens'?[=:] ?(?<n>\d+)")),
        ("GpuMemoryUtilization", new("gpu_memory_utilization", @"\bgpu_memory_utilization'?[=:] ?(?<n>\d(?:\.\d+)?)")),
    ];

    /// <summary>Begins to read.</summary>
    public VllmLogFormat(string logName)
        : base("vLLM", logName)
    {
    }

    /// <inheritdoc/>
    public override void Read(LogLine line)
    {
        ReadStart(line.Text);
        foreach (var (name, pattern) in SettingPatterns)
        {
            Setting(name, pattern.In(line.Text), line);
        }

        ReadMemory(line);
        ReadProfileOfV0(line);
        ReadCapacity(line);
    }

    private void ReadStart(string text)
    {
        if ((Start.In(text) ?? Initialising.In(text)) is { } start)
        {
            // All copies of a model begin before the first of them reports anything.
            if (!Record.IsEmpty)
            {
                Record.Restart();
            }

            Record.Version = start.Groups["v"].Value;
        }

        if (ModelName.In(text) is { } model)
        {
            Record.Model = model.Groups["m"].Value;
        }
    }

    private void ReadMemory(LogLine line)
    {
        var place = VllmProcess.PlaceOf(line.Text);
        Record.Set(Memory(LogFigureNames.Weights, place, Loaded.In(line.Text) ?? LoadedBefore.In(line.Text), line));
        Record.Set(Memory(LogFigureNames.Activations, place, Peak.In(line.Text), line));
        Record.Set(Memory(LogFigureNames.OutsidePyTorch, place, NonTorch.In(line.Text), line));
        Record.Set(Memory(LogFigureNames.KvCache, place, Available.In(line.Text), line));
        Record.Set(Memory(LogFigureNames.CudaGraphs, place, Graphs.In(line.Text) ?? GraphPool.In(line.Text), line));
        if ((Share.In(line.Text) ?? Requested.In(line.Text)) is { } budget)
        {
            Record.Set(Memory(LogFigureNames.Budget, place, budget, line));
            Setting("GpuMemoryUtilization", budget, line, "s");
        }
    }

    private void ReadProfileOfV0(LogLine line)
    {
        if (Profile.In(line.Text) is { } match)
        {
            var place = VllmProcess.PlaceOf(line.Text);
            Record.Set(Memory(LogFigureNames.Weights, place, match, line, "w"));
            Record.Set(Memory(LogFigureNames.OutsidePyTorch, place, match, line, "o"));
            Record.Set(Memory(LogFigureNames.Activations, place, match, line, "a"));
            Record.Set(Memory(LogFigureNames.KvCache, place, match, line, "k"));
        }
    }

    private void ReadCapacity(LogLine line)
    {
        Record.Set(Count(LogFigureNames.CacheTokens, VllmProcess.CopyOf(line.Text), Tokens.In(line.Text), line, "tokens"));
        Record.Set(Count(LogFigureNames.CacheBlocks, VllmProcess.CopyOf(line.Text), Blocks.In(line.Text), line, "blocks"));
        if (Concurrency.In(line.Text) is { } match)
        {
            Record.Set(Count(LogFigureNames.MaxConcurrency, VllmProcess.CopyOf(line.Text), match, line, "requests"));
            Setting("ContextLength", match, line, "c");
        }
    }
}
