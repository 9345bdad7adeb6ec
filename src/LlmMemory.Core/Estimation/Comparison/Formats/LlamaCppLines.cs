using System;
using System.Text.RegularExpressions;

namespace LlmMemory.Estimation.Comparison.Formats;

/// <summary>
/// The lines in which llama.cpp says what it allocates: one for each buffer. Source: ggml-org/llama.cpp,
/// src/llama-model.cpp (load_tensors), src/llama-kv-cache.cpp, src/llama-memory-recurrent.cpp, src/llama-context.cpp
/// (output_reserve, sched_reserve), src/llama-adapter.cpp, tools/mtmd/clip.cpp (reserve_compute_meta).
/// </summary>
internal sealed class LlamaCppLines
{
    // Before 2025 the lines of weights had no word before 'buffer'.
    private static readonly LogPattern Buffer = new(
        "buffer size", @"\b(?<f>\w+): +(?<d>[\w.:\[\]-]{1,64}) +(?:(?<k>model|KV|RS|output|compute|LoRA) +)?buffer size *= *(?<n>[\d.]+) (?<u>M)iB");

    private static readonly LogPattern Load = new("loaded meta data", @"\bloaded meta data with \d+");

    private static readonly LogPattern DraftLoad = new("loading draft model", @"\bloading draft model");

    private static readonly LogPattern Context = new("constructing llama_context", @"\bconstructing llama_context");

    private static readonly LogPattern Cache = new("SWA KV cache", @"\bcreating +(?<full>non-)?SWA KV cache");

    private static readonly LogPattern Settings = new(
        "n_", @"\b(?:llama_context|llama_new_context_with_model|llama_init_from_model): (?<s>n_ctx|n_seq_max|n_batch|n_ubatch) += (?<n>\d+)");

    private static readonly LogPattern Offloaded = new("layers to GPU", @"\boffloaded (?<n>\d{1,6})/(?<a>\d{1,6}) layers to GPU");

    private static readonly LogPattern Build = new("build", @"\bbuild(?:_info)?: *b?(?<v>\d{3,6})[ -]\(?[0-9a-f]{6,}");

    private static readonly LogPattern Version = new("version: ", @"\bversion: (?<v>\d{3,6}) \([0-9a-f]{6,}");

    private static readonly LogPattern ModelName = new("general.name", @"\bgeneral\.name +(?:str +)?= (?<m>\S.{0,200}?) *$");

    private readonly LogRecord _record;
    private bool _isDraftNext;
    private bool _isDraft;
    private bool _isSliding;

    /// <summary>Begins to read into a record.</summary>
    public LlamaCppLines(LogRecord record)
    {
        _record = record;
    }

    private string Owner => _isDraft ? "Draft: " : string.Empty;

    /// <summary>Takes a line.</summary>
    public void Read(LogLine line)
    {
        ReadStart(line.Text);
        if (Settings.In(line.Text) is { } setting && !_isDraft)
        {
            _record.Set(SettingOf(setting.Groups["s"].Value), setting.Groups["n"].Value, line.Number);
        }

        // More layers may be asked for than there are, so that only a part of them says what was asked.
        if (Offloaded.In(line.Text) is { } offloaded && !_isDraft && offloaded.Groups["n"].Value != offloaded.Groups["a"].Value)
        {
            _record.Set("GpuLayers", offloaded.Groups["n"].Value, line.Number);
        }

        if ((Build.In(line.Text) ?? Version.In(line.Text)) is { } build)
        {
            // Within Ollama, the version is Ollama's.
            _record.Version ??= $"b{build.Groups["v"].Value}";
        }

        if (ModelName.In(line.Text) is { } model && !_isDraft)
        {
            _record.Model = model.Groups["m"].Value;
        }

        if (Buffer.In(line.Text) is { } buffer)
        {
            ReadBuffer(buffer, line);
        }
    }

    // A model that is loaded again replaces what was; a draft model comes beside it. So does a context that is built again.
    private void ReadStart(string text)
    {
        _isDraftNext |= DraftLoad.In(text) is not null;
        if (Load.In(text) is not null)
        {
            (_isDraft, _isDraftNext, _isSliding) = (_isDraftNext, false, false);
            _record.Forget(figure => !figure.IsForecast && (!_isDraft || IsOwn(figure)));
        }

        if (Context.In(text) is not null)
        {
            _isSliding = false;
            _record.Forget(figure => !figure.IsForecast && IsOwn(figure) && IsOfContext(figure.Name.Substring(Owner.Length)));
        }

        if (Cache.In(text) is { } cache)
        {
            _isSliding = !cache.Groups["full"].Success;
        }
    }

    private bool IsOwn(EngineLogFigure figure)
    {
        return figure.Name.StartsWith("Draft: ", StringComparison.Ordinal) == _isDraft;
    }

    private static bool IsOfContext(string name)
    {
        return name is LogFigureNames.KvCache or LogFigureNames.SlidingKvCache or LogFigureNames.RecurrentState
            or LogFigureNames.Output or LogFigureNames.Compute;
    }

    private void ReadBuffer(Match match, LogLine line)
    {
        var (function, kind) = (match.Groups["f"].Value, match.Groups["k"].Value);
        if (NameOf(kind, function) is not { } name || LogQuantity.OfMemory(match.Groups["n"].Value, match.Groups["u"].Value) is not { } quantity)
        {
            return;
        }

        var figure = new EngineLogFigure(name, GgmlDevice.PlaceOf(match.Groups["d"].Value), quantity, line.Number);
        if (kind is "output" or "compute")
        {
            // These are reserved anew when the graph changes.
            _record.Set(figure);
        }
        else
        {
            _record.Add(figure);
        }
    }

    private string? NameOf(string kind, string function)
    {
        return kind switch
        {
            "model" => Owner + LogFigureNames.Weights,
            "" when function.EndsWith("load_tensors", StringComparison.Ordinal) => Owner + LogFigureNames.Weights,
            "KV" => Owner + (_isSliding ? LogFigureNames.SlidingKvCache : LogFigureNames.KvCache),
            "RS" => Owner + LogFigureNames.RecurrentState,
            "output" => Owner + LogFigureNames.Output,
            "compute" when function.EndsWith("compute_meta", StringComparison.Ordinal) => LogFigureNames.ProjectorCompute,
            "compute" => Owner + LogFigureNames.Compute,
            "LoRA" => LogFigureNames.Adapters,
            _ => null,
        };
    }

    private static string SettingOf(string name)
    {
        return name switch
        {
            "n_ctx" => "ContextLength",
            "n_seq_max" => "Concurrency",
            "n_batch" => "BatchSize",
            _ => "MicroBatchSize",
        };
    }
}
