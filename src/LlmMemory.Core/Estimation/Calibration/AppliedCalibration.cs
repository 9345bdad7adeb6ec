using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Sources.Calibrations;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Calibration;

/// <summary>
/// A calibration within one estimate. Engines ask it for each component that they measure, before they give the rest of
/// a device to their cache: so the cache follows from what is calibrated, and is never scaled itself.
/// </summary>
internal sealed class AppliedCalibration
{
    private const int MaxShownLogs = 10;

    private readonly CalibrationProfile? _profile;
    private readonly InferenceWorkload _workload;
    private readonly Dictionary<string, ComponentCorrection> _corrections = [];
    private readonly List<string> _missing = [];

    /// <summary>Takes what of a calibration holds for a workload.</summary>
    /// <param name="workload">The workload, its defaults filled in; its calibration has been checked.</param>
    public AppliedCalibration(InferenceWorkload workload)
    {
        _workload = workload;
        _profile = workload.Calibration;
        if (_profile is not null)
        {
            Take(_profile);
        }
    }

    /// <summary>True where a component is calibrated.</summary>
    public bool IsApplied => _corrections.Count > 0;

    /// <summary>A component, calibrated where there is something to do it with.</summary>
    /// <param name="name">The component.</param>
    /// <param name="bytes">What the rules say.</param>
    public long Of(string name, long bytes)
    {
        return _corrections.TryGetValue(name, out var correction) ? correction.Of(bytes) : bytes;
    }

    /// <summary>The components, those that are calibrated saying so in their source.</summary>
    /// <param name="drafts">The components.</param>
    public ComponentDraft[] Named(ComponentDraft[] drafts)
    {
        return IsApplied ? [.. drafts.Select(Named)] : drafts;
    }

    /// <summary>What the estimate says of the calibration; nothing where there is none.</summary>
    public IEnumerable<string> Assumptions()
    {
        if (_profile is null)
        {
            return [];
        }

        var range = HasRange && _workload.DeviceMemory is null
            ? " LowBytes and HighBytes take the least and the greatest of the logs."
            : string.Empty;
        return
        [
            $"Calibrated by {Quoted.Value(_profile.Name)}, {CalibrationError.Subject(_profile)}, {Saved(_profile)}, from {Logs(_profile)}.",
            .. _corrections.Values.Select(correction => $"{correction.Name} calibrated: {correction}."),
            .. _missing.Select(name => $"{name} not calibrated: no log of the calibration has it{WhereOfRanks(name)}."),
            $"Weights and caches are counted, so they are not calibrated.{range}",
            .. _profile.DeviceMemory is null || _workload.DeviceMemory is null
                ? ["The device of the calibration and that of the estimate are taken to be alike: one of them is not said (-DeviceMemory)."]
                : new[] { "The device of the calibration is told by its memory alone." },
        ];
    }

    /// <summary>The band: the range of several logs, where the cache does not take up what the rest is wrong by.</summary>
    /// <param name="drafts">The components.</param>
    /// <param name="fillsDevice">True where the total is the budget of the device.</param>
    public (long? Low, long? High) Band(ComponentDraft[] drafts, bool fillsDevice)
    {
        if (fillsDevice || !HasRange)
        {
            return (null, null);
        }

        var (low, high) = (0L, 0L);
        foreach (var draft in drafts)
        {
            var correction = _corrections.TryGetValue(draft.Name, out var found) ? found : null;
            low = checked(low + ((correction?.LeastOf(draft.Bytes) ?? draft.Bytes) * draft.DeviceCount));
            high = checked(high + ((correction?.GreatestOf(draft.Bytes) ?? draft.Bytes) * draft.DeviceCount));
        }

        return (low, high);
    }

    private bool HasRange => _corrections.Values.Any(correction => correction.Logs > 1);

    private void Take(CalibrationProfile profile)
    {
        var quantities = CalibratedQuantity.Of(profile.Engine)
            .Where(quantity => quantity.Name != Comparison.LogFigureNames.CudaGraphs || _workload.EnforceEager != true);
        foreach (var quantity in quantities)
        {
            if (quantity.Corrections(profile, _workload.TensorParallel ?? 1, _workload.PipelineParallel ?? 1) is { Length: > 0 } values)
            {
                _corrections.Add(quantity.Name, new ComponentCorrection(quantity, values));
            }
            else
            {
                _missing.Add(quantity.Name);
            }
        }
    }

    private ComponentDraft Named(ComponentDraft draft)
    {
        return _corrections.TryGetValue(draft.Name, out var correction)
            ? draft with { Source = $"{draft.Source}; calibrated by {Quoted.Value(_profile!.Name)}: {correction}" }
            : draft;
    }

    private string WhereOfRanks(string name)
    {
        return CalibratedQuantity.Of(_profile!.Engine).Any(quantity => quantity.Name == name && quantity.DependsOnRanks)
            ? $" for {_workload.TensorParallel ?? 1} rank(s) and {_workload.PipelineParallel ?? 1} stage(s)"
            : string.Empty;
    }

    private static string Saved(CalibrationProfile profile)
    {
        return profile.SavedAt is { } moment
            ? string.Format(CultureInfo.InvariantCulture, "saved {0:yyyy-MM-dd}, {1} day(s) ago", moment, (int)profile.Age.TotalDays)
            : "not saved";
    }

    private static string Logs(CalibrationProfile profile)
    {
        var shown = string.Join(", ", profile.Logs.Take(MaxShownLogs));
        return $"{profile.Logs.Count} log(s): {shown}{(profile.Logs.Count > MaxShownLogs ? ", ..." : string.Empty)}";
    }
}
