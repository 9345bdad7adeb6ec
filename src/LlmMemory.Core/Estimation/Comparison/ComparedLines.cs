using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LlmMemory.Estimation.Comparison;

/// <summary>Finds for each figure of a log the line of an estimate, and what is left of both.</summary>
internal sealed class ComparedLines
{
    private const string Host = "Host";

    private readonly MemoryEstimate _estimate;
    private readonly EngineLog _log;
    private readonly List<(string Name, MemoryComponent Component)> _components;
    private readonly List<(string Name, string Device, EngineLogFigure Figure)> _figures;

    private ComparedLines(MemoryEstimate estimate, EngineLog log)
    {
        _estimate = estimate;
        _log = log;
        var components = estimate.Components.Select(component => (Name: NameOf(component.Name), Component: component)).ToList();
        var figures = Told(log).ToList();
        var folded = Folded(components.Select(item => item.Name), figures.Select(figure => figure.Name));
        _components = [.. components.Select(item => (Fold(item.Name, folded), item.Component))];
        _figures = [.. figures.Select(figure => (Fold(figure.Name, folded), DeviceOf(figure), figure))];
    }

    /// <summary>The lines: the log's in its order, then those that only the estimate has.</summary>
    public static IReadOnlyList<ComparedLine> Of(MemoryEstimate estimate, EngineLog log)
    {
        var lines = new ComparedLines(estimate, log);
        var logged = lines.Logged().ToList();
        return [.. logged, .. lines.EstimatedOnly(logged)];
    }

    // What was planned is of no interest where it is known what was taken.
    private static IEnumerable<EngineLogFigure> Told(EngineLog log)
    {
        var taken = new HashSet<string>(log.Figures.Where(figure => !figure.IsForecast).Select(figure => figure.Name));
        return log.Figures.Where(figure => !figure.IsForecast || !taken.Contains(figure.Name));
    }

    private IEnumerable<ComparedLine> Logged()
    {
        foreach (var group in _figures.GroupBy(item => (item.Name, item.Device, item.Figure.Unit)))
        {
            var (name, device, unit) = group.Key;
            var components = ComponentsOf(name, device);
            yield return new ComparedLine(name, device, unit)
            {
                Figures = [.. group.Select(item => item.Figure)],
                Components = components,
                Estimated = Estimated(name, components),
            };
        }
    }

    private IEnumerable<ComparedLine> EstimatedOnly(List<ComparedLine> logged)
    {
        var told = new HashSet<(string, string)>(logged.Select(line => (line.Name, line.Device)));
        return _components
            .GroupBy(item => (item.Name, item.Component.Device))
            .Where(group => !told.Contains(group.Key) && !told.Contains((group.Key.Name, ComparedLine.All)))
            .Select(group => new ComparedLine(group.Key.Name, group.Key.Device, LogQuantity.Bytes)
            {
                Components = [.. group.Select(item => item.Component)],
                Estimated = group.Sum(item => (decimal)item.Component.Bytes),
            });
    }

    private List<MemoryComponent> ComponentsOf(string name, string device)
    {
        return [.. _components
            .Where(item => item.Name == name && (device == ComparedLine.All || item.Component.Device == device))
            .Select(item => item.Component)];
    }

    private decimal? Estimated(string name, List<MemoryComponent> components)
    {
        var capacity = _estimate.Capacity;
        return name switch
        {
            LogFigureNames.Budget => _estimate.DeviceMemory * _estimate.GpuMemoryUtilization is { } budget ? decimal.Truncate(budget) : null,
            LogFigureNames.Total => _estimate.TotalBytes,
            LogFigureNames.CacheTokens => capacity?.Tokens,
            LogFigureNames.CacheBlocks => capacity?.Blocks,
            LogFigureNames.MaxConcurrency => (decimal?)capacity?.MaxConcurrency,

            // vLLM prints what is free for the cache, of which blocks take a whole number.
            LogFigureNames.KvCache when _log.Engine == "vLLM" && capacity is not null && _estimate.PipelineParallel is null or 1 => capacity.CacheBytes,
            _ => components.Count == 0 ? null : components.Sum(component => (decimal)component.Bytes),
        };
    }

    private string DeviceOf(EngineLogFigure figure)
    {
        var copies = _estimate.DataParallel ?? 1;
        if (!figure.Quantity.IsBytes)
        {
            return copies > 1 ? $"Copy {figure.Place.Copy}" : ComparedLine.All;
        }

        return figure.Place.Kind switch
        {
            LogPlaceKind.Host => Host,
            LogPlaceKind.Everywhere => ComparedLine.All,
            LogPlaceKind.Other => figure.Device,
            _ => string.Format(
                CultureInfo.InvariantCulture,
                "Device {0}",
                figure.Place.DeviceIn(_estimate.PipelineParallel ?? 1, _estimate.TensorParallel ?? 1) ?? 0),
        };
    }

    // Estimates tell apart what a log has in one line.
    private string NameOf(string component)
    {
        return component switch
        {
            "Absorbed projections" or "MXFP4 layout" or "Rotary cache" or "LoRA slots" or "Draft layers" or "Repacked weights" => LogFigureNames.Weights,
            "Encoder cache" => LogFigureNames.Activations,
            "Indexer cache" => LogFigureNames.KvCache,
            "States" => LogFigureNames.RecurrentState,
            "Forward pass" => _log.Engine is "LlamaCpp" or "Ollama" ? LogFigureNames.Compute : LogFigureNames.Activations,
            "Draft: Repacked weights" => "Draft: Weights",
            "Draft: Indexer cache" => "Draft: KV cache",
            _ when component.StartsWith("Adapter ", StringComparison.Ordinal) => LogFigureNames.Adapters,
            _ => component,
        };
    }

    // Where one side has a single line for all caches, so has the other.
    private static HashSet<string> Folded(IEnumerable<string> estimated, IEnumerable<string> logged)
    {
        var (left, right) = (new HashSet<string>(estimated), new HashSet<string>(logged));
        string[] caches = [LogFigureNames.SlidingKvCache, LogFigureNames.RecurrentState];
        return [.. caches.Where(name => left.Contains(name) != right.Contains(name))];
    }

    private static string Fold(string name, HashSet<string> folded)
    {
        return folded.Contains(name) ? LogFigureNames.KvCache : name;
    }
}
