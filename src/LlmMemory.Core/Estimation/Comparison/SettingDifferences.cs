using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LlmMemory.Estimation.Comparison;

/// <summary>Settings that a log was made with and an estimate was not, by the lines that they change.</summary>
internal sealed class SettingDifferences
{
    private readonly MemoryEstimate _estimate;
    private readonly EngineLog _log;

    /// <summary>Compares the settings.</summary>
    public SettingDifferences(MemoryEstimate estimate, EngineLog log)
    {
        _estimate = estimate;
        _log = log;
    }

    /// <summary>A setting on both sides, where they differ; null where they are equal or one of them is not known.</summary>
    public (decimal Estimated, decimal Logged)? Of(string name)
    {
        return _log.Settings.FirstOrDefault(setting => setting.Name == name) is { } logged
            && ValueOf(name) is { } estimated
            && estimated != logged.Value
            ? (estimated, logged.Value)
            : null;
    }

    /// <summary>The settings that change a line, each in a sentence's part.</summary>
    public IEnumerable<string> Sentences(string line)
    {
        foreach (var name in SettingsOf(line))
        {
            if (Of(name) is { } values)
            {
                yield return string.Format(
                    CultureInfo.InvariantCulture, "{0} is {1} in the log and {2} in the estimate", name, values.Logged, values.Estimated);
            }
        }
    }

    private static string[] SettingsOf(string line)
    {
        return line switch
        {
            LogFigureNames.Weights => ["TensorParallel", "PipelineParallel", "GpuLayers"],
            LogFigureNames.Activations => ["MaxSequences", "MaxBatchedTokens", "TensorParallel"],
            LogFigureNames.OutsidePyTorch => ["TensorParallel", "PipelineParallel"],
            LogFigureNames.CudaGraphs => ["MaxSequences", "TensorParallel"],
            LogFigureNames.KvCache or LogFigureNames.SlidingKvCache or LogFigureNames.RecurrentState =>
                ["ContextLength", "Concurrency", "MicroBatchSize", "TensorParallel", "GpuLayers"],
            LogFigureNames.Compute => ["ContextLength", "Concurrency", "BatchSize", "MicroBatchSize", "GpuLayers"],
            LogFigureNames.Output => ["Concurrency"],
            LogFigureNames.Budget => ["GpuMemoryUtilization"],
            LogFigureNames.Total => ["ContextLength", "Concurrency"],
            _ => ["ContextLength", "GpuMemoryUtilization", "TensorParallel", "DecodeContextParallel"],
        };
    }

    private decimal? ValueOf(string name)
    {
        return name switch
        {
            "ContextLength" => LoggedContext(),
            "Concurrency" => _estimate.Concurrency,
            "TensorParallel" => _estimate.TensorParallel,
            "PipelineParallel" => _estimate.PipelineParallel,
            "DataParallel" => _estimate.DataParallel,
            "DecodeContextParallel" => _estimate.DecodeContextParallel,
            "MaxSequences" => _estimate.MaxSequences,
            "MaxBatchedTokens" => _estimate.MaxBatchedTokens,
            "BatchSize" => _estimate.BatchSize,
            "MicroBatchSize" => _estimate.MicroBatchSize,
            "GpuLayers" => _estimate.GpuLayers,
            _ => _estimate.GpuMemoryUtilization,
        };
    }

    // Ollama's own setting is the context of one request; what it starts llama.cpp with, and logs, is that of all.
    private decimal? LoggedContext()
    {
        return _estimate.Engine == "Ollama" ? (decimal?)_estimate.ContextLength * (_estimate.Concurrency ?? 1) : _estimate.ContextLength;
    }
}
