using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Comparison;
using LlmMemory.Sources.Calibrations;

namespace LlmMemory.Estimation.Calibration;

/// <summary>
/// A component that an engine's log reports and that rules cannot count: those alone are calibrated. Weights and caches
/// follow from the model, llama.cpp's buffers from its graph; a log that differs from them is of another run.
/// </summary>
/// <remarks>
/// Activations grow with the batch and with the model, so what a machine takes more or less of them is a share: a
/// factor. CUDA graphs and what lies outside of PyTorch (NCCL's buffers, workspaces of libraries) belong to the machine
/// and are there once, whatever the model: so many bytes more or less. A factor would make nothing of an estimate of
/// nothing, and too much of one for many ranks.
/// </remarks>
/// <param name="Name">The component.</param>
/// <param name="Scales">True for a factor, false for bytes.</param>
/// <param name="DependsOnRanks">True where a measurement holds for as many ranks and stages only.</param>
internal sealed record CalibratedQuantity(string Name, bool Scales, bool DependsOnRanks)
{
    private static readonly CalibratedQuantity Graphs = new(LogFigureNames.CudaGraphs, Scales: false, DependsOnRanks: false);

    private static readonly Dictionary<string, CalibratedQuantity[]> Engines = new(StringComparer.Ordinal)
    {
        ["vLLM"] =
        [
            new(LogFigureNames.Activations, Scales: true, DependsOnRanks: false),
            new(LogFigureNames.OutsidePyTorch, Scales: false, DependsOnRanks: true),
            Graphs,
        ],
        ["SGLang"] = [Graphs],
    };

    /// <summary>The components of an engine; empty where all that its log reports is counted.</summary>
    /// <param name="engine">The engine.</param>
    public static IReadOnlyList<CalibratedQuantity> Of(string engine)
    {
        return Engines.TryGetValue(engine, out var quantities) ? quantities : [];
    }

    /// <summary>How the measured runs differ from their estimates, from the least to the greatest.</summary>
    /// <param name="profile">The calibration.</param>
    /// <param name="tensorParallel">The ranks of the estimate.</param>
    /// <param name="pipelineParallel">The stages of the estimate.</param>
    public double[] Corrections(CalibrationProfile profile, int tensorParallel, int pipelineParallel)
    {
        return [.. profile.Logs
            .Where(log => !DependsOnRanks || (log.TensorParallel == tensorParallel && log.PipelineParallel == pipelineParallel))
            .Select(log => log.Find(Name))
            .OfType<CalibrationFigure>()
            .Where(figure => !Scales || (figure.EstimatedBytes > 0 && figure.MeasuredBytes > 0))
            .Select(CorrectionOf)
            .OrderBy(correction => correction)];
    }

    private double CorrectionOf(CalibrationFigure figure)
    {
        return Scales
            ? figure.MeasuredBytes / (double)figure.EstimatedBytes
            : figure.MeasuredBytes - figure.EstimatedBytes;
    }
}
