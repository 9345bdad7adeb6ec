using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Estimation.Comparison;

/// <summary>Puts the lines of an estimate beside those of a log.</summary>
internal static class EstimateComparer
{
    /// <summary>The engine of the textbook, which stands in for any.</summary>
    private const string Textbook = "Generic";

    /// <summary>Compares.</summary>
    public static IReadOnlyList<MemoryComparison> Compare(MemoryEstimate estimate, EngineLog log)
    {
        Check(estimate, log);
        var lines = ComparedLines.Of(estimate, log);
        var explainer = new DifferenceExplainer(estimate, log, lines);
        return [.. lines.Select(line => new MemoryComparison(estimate, log, line, explainer.Explain(line)))];
    }

    private static void Check(MemoryEstimate estimate, EngineLog log)
    {
        if (estimate.Optimizer is not null || estimate.AdapterParameters is not null)
        {
            throw new LlmMemoryException(
                ErrorIds.EstimateNotComparable,
                estimate.Mode,
                $"The estimate is of {estimate.Mode}, and {log.Engine} serves models. Estimate serving: "
                + $"Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine {EngineFor(log)}.");
        }

        if (estimate.Engine is { } engine && engine != Textbook && !IsOf(engine, log.Engine))
        {
            throw new LlmMemoryException(
                ErrorIds.EstimateNotComparable,
                engine,
                $"The estimate is of {engine}, and the log {Quoted.Value(log.Name)} is of {log.Engine}. Estimate with -Engine {EngineFor(log)}.");
        }
    }

    // Front ends of llama.cpp log what llama.cpp logs.
    private static bool IsOf(string engine, string logEngine)
    {
        return string.Equals(engine, logEngine, StringComparison.OrdinalIgnoreCase)
            || (engine is "LlamaCpp" or "Ollama" or "LMStudio" && logEngine is "LlamaCpp" or "Ollama");
    }

    private static string EngineFor(EngineLog log)
    {
        var known = Serving.ServingEngines.All.FirstOrDefault(engine => string.Equals(engine.Name, log.Engine, StringComparison.OrdinalIgnoreCase));
        return known?.Name ?? (log.Engine == "Ollama" ? "LlamaCpp" : Textbook);
    }
}
