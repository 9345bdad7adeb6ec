using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Comparison;
using LlmMemory.Estimation.Serving;
using LlmMemory.Sources.Calibrations;

namespace LlmMemory.Estimation.Calibration;

/// <summary>Makes a calibration out of an estimate and the log of the same run.</summary>
public static class EngineCalibration
{
    // Weights are counted: a log that has 2 % more of them is of another model, or of another way to store it.
    private const decimal WeightTolerance = 0.02m;

    /// <summary>The calibration of one log, not saved yet.</summary>
    /// <param name="estimate">The estimate of the run.</param>
    /// <param name="log">Its log.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.CalibrationUnfit"/>, <see cref="ErrorIds.CalibrationMismatch"/>; or
    /// <see cref="ErrorIds.EngineVersionUnknown"/>.
    /// </exception>
    public static CalibrationProfile Of(MemoryEstimate estimate, EngineLog log)
    {
        if (estimate is null || log is null)
        {
            throw new ArgumentNullException(estimate is null ? nameof(estimate) : nameof(log));
        }

        var quantities = CalibratedQuantity.Of(log.Engine);
        var lines = ComparedLines.Of(estimate, log);
        CheckEngine(estimate, log, quantities.Count > 0);
        CheckWeights(estimate, log, lines);
        CalibrationFigure[] figures = [.. quantities.Select(quantity => Figure(estimate, log, quantity, lines)).OfType<CalibrationFigure>()];
        var entry = new CalibrationLog(
            Path.GetFileName(log.Name), estimate.Model ?? log.Engine, estimate.TensorParallel ?? 1, estimate.PipelineParallel ?? 1, figures);
        return figures.Length == 0
            ? throw Unfit(log, $"it does not print {string.Join(", ", quantities.Select(quantity => quantity.Name))}. Log at debug level: VLLM_LOGGING_LEVEL=DEBUG")
            : new CalibrationProfile(log.Engine, VersionOf(estimate, log), estimate.EngineVersion!, [entry]) { DeviceMemory = DeviceOf(estimate, log) };
    }

    private static void CheckEngine(MemoryEstimate estimate, EngineLog log, bool isMeasured)
    {
        if (!isMeasured)
        {
            throw Unfit(log, $"all that {log.Engine} prints is counted by its own rules, so a difference is another setting. Compare without -SaveCalibration to see which");
        }

        if (estimate.Engine != log.Engine)
        {
            throw Unfit(log, $"the estimate is of {estimate.Engine ?? "no engine"}. Estimate with -Engine {log.Engine}");
        }

        if (estimate.Calibration is not null || estimate.Validation == EstimateValidation.Calibrated)
        {
            throw Unfit(log, $"the estimate is calibrated by {Quoted.Value(estimate.Calibration)} already. Estimate without -Calibration");
        }

        if (log.EngineVersion is { } version && RulesOf(log.Engine, version) != estimate.EngineVersion)
        {
            throw Unfit(log, $"it is of {log.Engine} {version}, and the estimate follows the rules of {estimate.EngineVersion}. Estimate with -EngineVersion {EngineRelease.MajorMinor(version)}");
        }
    }

    private static void CheckWeights(MemoryEstimate estimate, EngineLog log, IReadOnlyList<ComparedLine> lines)
    {
        var other = lines.FirstOrDefault(line => line.Name == LogFigureNames.Weights
            && line is { Difference: { } difference, Measured: { } measured }
            && Math.Abs(difference) > Math.Max(line.Rounding, WeightTolerance * measured));
        if (other is not null)
        {
            throw Unfit(log, $"its weights take {other.Measured:0} bytes, and {other.Estimated:0} are estimated. Estimate {Quoted.Value(log.Model ?? "the model of the log")} as it was stored and split: -Model, -DataType, -TensorParallel");
        }

        // A line that the estimate cannot have is of a rank that it does not know.
        CheckSettings(estimate, log, LogFigureNames.Weights);
    }

    private static void CheckSettings(MemoryEstimate estimate, EngineLog log, string line)
    {
        if (new SettingDifferences(estimate, log).Sentences(line).FirstOrDefault() is { } sentence)
        {
            throw Unfit(log, $"{sentence}. Estimate with the settings of the log");
        }
    }

    // Ranks are estimated alike, and the fullest of them decides what fits.
    private static CalibrationFigure? Figure(
        MemoryEstimate estimate, EngineLog log, CalibratedQuantity quantity, IReadOnlyList<ComparedLine> lines)
    {
        var fullest = lines
            .Where(line => line.Name == quantity.Name && line.IsBytes && line.Measured is not null && line.Components.Count > 0)
            .Select(line => FigureOf(quantity, line))
            .OfType<CalibrationFigure>()
            .OrderByDescending(figure => figure.MeasuredBytes - figure.EstimatedBytes)
            .FirstOrDefault();
        if (fullest is not null)
        {
            CheckSettings(estimate, log, quantity.Name);
        }

        return fullest;
    }

    // What the line has beside the component, as the encoder cache beside activations, is counted.
    private static CalibrationFigure? FigureOf(CalibratedQuantity quantity, ComparedLine line)
    {
        var own = line.Components.Where(component => component.Name == quantity.Name).Sum(component => component.Bytes);
        var measured = (long)line.Measured! - (line.Components.Sum(component => component.Bytes) - own);
        return own > 0 && measured > 0 ? new CalibrationFigure(quantity.Name, own, measured) : null;
    }

    private static string VersionOf(MemoryEstimate estimate, EngineLog log)
    {
        return log.EngineVersion is { } version ? EngineRelease.MajorMinor(version) : estimate.EngineVersion!;
    }

    private static string? RulesOf(string engine, string version)
    {
        return ServingEngines.All.FirstOrDefault(known => known.Name == engine)?.RulesOf(version);
    }

    // A budget and the share that it is tell the device.
    private static long? DeviceOf(MemoryEstimate estimate, EngineLog log)
    {
        var budget = log.Figures.FirstOrDefault(figure => figure.Name == LogFigureNames.Budget)?.Bytes;
        var share = log.Settings.FirstOrDefault(setting => setting.Name == "GpuMemoryUtilization")?.Value;
        return budget > 0 && share > 0 ? (long)(budget.Value / share.Value) : estimate.DeviceMemory;
    }

    private static LlmMemoryException Unfit(EngineLog log, string problem)
    {
        return new LlmMemoryException(
            ErrorIds.CalibrationUnfit, log.Name, $"{Quoted.Value(log.Name)} gives no calibration: {problem}.");
    }
}
