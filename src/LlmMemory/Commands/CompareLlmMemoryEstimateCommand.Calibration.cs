using System.Management.Automation;
using LlmMemory.Completion;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Calibration;
using LlmMemory.Estimation.Comparison;
using LlmMemory.Sources.Calibrations;

namespace LlmMemory.Commands;

/// <content>Keeps what the logs report for later estimates: one calibration of all logs that were compared.</content>
public sealed partial class CompareLlmMemoryEstimateCommand
{
    private CalibrationPlace? _place;
    private CalibrationProfile? _calibration;

    /// <summary>What the calibration is saved as.</summary>
    [Parameter(HelpMessage = "Saves what the logs report as a calibration, for Get-LlmMemoryEstimate -Calibration: a name such as h100, or the path of a .json file.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CalibrationCompleter))]
    public string? SaveCalibration { get; set; }

    /// <summary>The logs are added.</summary>
    [Parameter(HelpMessage = "Adds the logs to the calibration that is there, instead of refusing to.")]
    public SwitchParameter Append { get; set; }

    /// <summary>What is there is replaced.</summary>
    [Parameter(HelpMessage = "Replaces the calibration that is there, instead of refusing to.")]
    public SwitchParameter Force { get; set; }

    private CalibrationWrite Write =>
        Append ? CalibrationWrite.Append : Force ? CalibrationWrite.Replace : CalibrationWrite.Create;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (SaveCalibration is null)
        {
            return;
        }

        try
        {
            _place = CalibrationPlaces.Of(this, SaveCalibration);
            CalibrationFile.CheckPlace(_place, Write);
        }
        catch (LlmMemoryException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
        }
    }

    private void Calibrate(MemoryEstimate estimate, EngineLog log)
    {
        if (_place is not null)
        {
            var measured = EngineCalibration.Of(estimate, log);
            _calibration = _calibration?.With(measured) ?? measured;
        }
    }

    private void Save()
    {
        if (_place is { } place && _calibration is { } calibration && ShouldProcess(place.Path, ActionOn(place, calibration)))
        {
            TryCompare(() => WriteVerbose($"Saved {CalibrationFile.Save(calibration, place, Write)}: {place.Path}"));
        }
    }

    private string ActionOn(CalibrationPlace place, CalibrationProfile calibration)
    {
        var logs = $"{calibration.Logs.Count} log(s) of {calibration.Engine} {calibration.EngineVersion}";
        return !place.IsTaken ? $"Save a calibration of {logs}"
            : Append ? $"Add {logs} to the calibration"
            : $"Replace the calibration by {logs}";
    }
}
