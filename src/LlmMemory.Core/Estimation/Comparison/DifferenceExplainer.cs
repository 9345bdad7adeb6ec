using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LlmMemory.Estimation.Comparison;

/// <summary>
/// Explains differences byte by byte: what follows from other lines or from other settings, what the log rounds, and
/// what is left, with the formula that the estimate has for it. The parts always add up to the difference.
/// </summary>
internal sealed class DifferenceExplainer
{
    private readonly MemoryEstimate _estimate;
    private readonly EngineLog _log;
    private readonly IReadOnlyList<ComparedLine> _lines;
    private readonly SettingDifferences _settings;

    /// <summary>Gets ready.</summary>
    public DifferenceExplainer(MemoryEstimate estimate, EngineLog log, IReadOnlyList<ComparedLine> lines)
    {
        _estimate = estimate;
        _log = log;
        _lines = lines;
        _settings = new SettingDifferences(estimate, log);
    }

    private bool IsOfSameEngine => string.Equals(_estimate.Engine, _log.Engine, StringComparison.OrdinalIgnoreCase);

    private bool FillsItsBudget => _log.Engine is "vLLM" or "SGLang";

    /// <summary>Explains a line.</summary>
    public LineExplanation Explain(ComparedLine line)
    {
        if (line.Difference is not { } difference)
        {
            return new LineExplanation([], line.Measured is null ? "The log does not print it." : WhyNotEstimated(line));
        }

        if (!line.IsBytes)
        {
            return new LineExplanation([], ExplainCount(line, difference));
        }

        var parts = Parts(line, (long)difference);
        return new LineExplanation(parts, TextOf(parts));
    }

    // The bytes of a single part are the difference, which stands beside it.
    private static string TextOf(List<DifferencePart> parts)
    {
        return parts.Count switch
        {
            0 => "Equal.",
            1 => $"{char.ToUpperInvariant(parts[0].Reason[0])}{parts[0].Reason.Substring(1)}.",
            _ => string.Join("; ", parts) + ".",
        };
    }

    private List<DifferencePart> Parts(ComparedLine line, long difference)
    {
        if (Math.Abs(difference) <= line.Rounding)
        {
            return difference == 0 ? [] : [new DifferencePart(difference, RoundingOf(line))];
        }

        List<DifferencePart> parts = [.. Known(line)];
        var rest = difference - parts.Sum(part => part.Bytes);
        if (rest != 0)
        {
            parts.Add(new DifferencePart(rest, Math.Abs(rest) <= line.Rounding ? RoundingOf(line) : WhyRest(line)));
        }

        return parts;
    }

    private IEnumerable<DifferencePart> Known(ComparedLine line)
    {
        if (line.Name != LogFigureNames.KvCache)
        {
            return [];
        }

        return FillsItsBudget ? PartsOfFilledCache(line) : PartOfContext(line);
    }

    // What the other lines take is missing from the cache, and the other way round.
    private IEnumerable<DifferencePart> PartsOfFilledCache(ComparedLine line)
    {
        if (_estimate.Capacity is null)
        {
            yield break;
        }

        string[] before = [LogFigureNames.Weights, LogFigureNames.Activations, LogFigureNames.OutsidePyTorch];
        foreach (var other in before.SelectMany(name => _lines.Where(other => other.Name == name && other.Device == line.Device)))
        {
            if (other.Difference is { } difference && difference != 0)
            {
                yield return new DifferencePart(-(long)difference, $"{other.Name}, of which the log has {(difference > 0 ? "less" : "more")}");
            }
        }

        if (PartOfBudget(line) is { Bytes: not 0 } budget)
        {
            yield return budget;
        }
    }

    private DifferencePart? PartOfBudget(ComparedLine line)
    {
        if (_lines.FirstOrDefault(other => other.Name == LogFigureNames.Budget && other.Device == line.Device)?.Difference is { } difference)
        {
            return new DifferencePart((long)difference, "the budget, utilisation x memory of the device");
        }

        return _settings.Of("GpuMemoryUtilization") is { } share && _estimate.DeviceMemory is { } memory
            ? new DifferencePart(
                (long)(memory * (share.Estimated - share.Logged)),
                Invariant($"GpuMemoryUtilization is {share.Logged} in the log and {share.Estimated} in the estimate"))
            : null;
    }

    // Keys and values of layers that see everything grow evenly with the context.
    private IEnumerable<DifferencePart> PartOfContext(ComparedLine line)
    {
        if (_settings.Of("GpuLayers") is null
            && _settings.Of("ContextLength") is { Estimated: > 0 } context
            && line.Components.All(component => component.Name == LogFigureNames.KvCache))
        {
            yield return new DifferencePart(
                (long)(line.Estimated!.Value * (context.Estimated - context.Logged) / context.Estimated),
                Invariant($"ContextLength is {context.Logged} in the log and {context.Estimated} in the estimate"));
        }
    }

    private string WhyRest(ComparedLine line)
    {
        List<string> reasons = [.. _settings.Sentences(line.Name).Where(sentence => !IsExplained(line, sentence))];
        if (line.Figures.Any(figure => figure.IsForecast))
        {
            reasons.Add($"the log has what {_log.Engine} planned, not what it took");
        }

        if (_estimate.DeviceCount > 1 && line.Device != ComparedLine.All && line.Figures.Any(figure => figure.Place.Kind == LogPlaceKind.Unsaid))
        {
            reasons.Add("the log does not say which device it means");
        }

        reasons.Add(line.Name switch
        {
            LogFigureNames.KvCache when FillsItsBudget => WhyRestOfCache(),
            LogFigureNames.Budget => WhyRestOfBudget(line),
            _ => HowEstimated(line),
        });
        return string.Join(", ", reasons);
    }

    private bool IsExplained(ComparedLine line, string sentence)
    {
        return line.Name == LogFigureNames.KvCache
            && (FillsItsBudget || Known(line).Any(part => part.Reason == sentence));
    }

    private string WhyRestOfCache()
    {
        return _estimate.Capacity is null
            ? $"the estimate caches what the workload takes, and {_log.Engine} fills its budget{(IsOfSameEngine ? ": estimate with -DeviceMemory" : string.Empty)}"
            : "what is left of the budget: a device that is not quite -DeviceMemory, memory taken before the start, CUDA graphs, rounding";
    }

    private string WhyRestOfBudget(ComparedLine line)
    {
        return _log.Settings.FirstOrDefault(setting => setting.Name == "GpuMemoryUtilization") is { Value: > 0 } share
            ? Invariant($"the log's is that of a device of {line.Measured / share.Value:#,0} bytes, the estimate's of {_estimate.DeviceMemory:#,0}")
            : "the device's memory";
    }

    private string HowEstimated(ComparedLine line)
    {
        var version = IsOfSameEngine && _log.EngineVersion is { } logged && _estimate.EngineVersion is { } estimated && !logged.StartsWith(estimated, StringComparison.Ordinal)
            ? $" (rules of {estimated}, the log is of {logged})"
            : string.Empty;
        var formulas = line.Components.Select(component => $"{component.Name}: {component.Formula}").Distinct().Take(4).ToList();
        return formulas.Count == 0 ? "not explained" : $"not explained; the estimate is {string.Join(" + ", formulas)}{version}";
    }

    private string WhyNotEstimated(ComparedLine line)
    {
        if (line.Device.StartsWith("Device ", StringComparison.Ordinal) && _estimate.Devices.All(device => device.Device != line.Device))
        {
            return Invariant($"The estimate has {_estimate.DeviceCount} device(s): estimate with as many as the log has.");
        }

        return IsOfSameEngine && _estimate.DeviceMemory is null && (!line.IsBytes || line.Name == LogFigureNames.Budget)
            ? "The estimate does not know the device's memory: estimate with -DeviceMemory."
            : "The estimate has no such line.";
    }

    private string ExplainCount(ComparedLine line, decimal difference)
    {
        var both = Invariant($"{line.Estimated:#,0.##} {line.Unit} estimated, {line.Measured:#,0.##} logged");
        if (Math.Abs(difference) <= line.Rounding)
        {
            return difference == 0 ? $"Equal: {both}." : $"Equal as far as the log prints it: {both}.";
        }

        var cache = _lines.FirstOrDefault(other => other.Name == LogFigureNames.KvCache && other.Device is "Device 0" or ComparedLine.All);
        var reasons = _settings.Sentences(line.Name).ToList();
        if (cache is { Estimated: > 0, Difference: { } bytes })
        {
            var followed = line.Estimated!.Value * bytes / cache.Estimated!.Value;
            reasons.Insert(0, Invariant($"{followed:+#,0.##;-#,0.##;0} follow from the cache's {bytes:+#,0;-#,0;0} bytes, {difference - followed:+#,0.##;-#,0.##;0} are left"));
        }

        return reasons.Count == 0 ? $"{both}." : $"{both}: {string.Join(", ", reasons)}.";
    }

    private static string RoundingOf(ComparedLine line)
    {
        return Invariant($"within what the log rounds, {Math.Ceiling(line.Rounding):#,0} bytes");
    }

    private static string Invariant(FormattableString text)
    {
        return text.ToString(CultureInfo.InvariantCulture);
    }
}
