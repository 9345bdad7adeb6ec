using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;

namespace LlmMemory.Commands;

/// <content>What was measured on the machine that serves, where the user asks for it by name.</content>
public abstract partial class ServingCommand
{
    private readonly Dictionary<string, CalibrationArgument> _readCalibrations = new(StringComparer.Ordinal);
    private CalibrationArgument[] _calibrations = [];

    /// <summary>The calibrations.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "A calibration that Compare-LlmMemoryEstimate -SaveCalibration kept: its name, or the path of its file. None when not said.")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(CalibrationCompleter))]
    public string[] Calibration { get; set; } = [];

    private void CollectCalibrationErrors()
    {
        _calibrations = Calibration is { Length: > 0 } ? [.. Calibration.Select(ReadOnce)] : [new(null, Place)];
        CollectErrors(_calibrations);
    }

    private CalibrationArgument ReadOnce(string reference)
    {
        var key = reference ?? string.Empty;
        if (!_readCalibrations.TryGetValue(key, out var read))
        {
            read = new CalibrationArgument(reference, Place);
            _readCalibrations.Add(key, read);
        }

        return read;
    }

    private Sources.Calibrations.CalibrationPlace Place(string reference)
    {
        return CalibrationPlaces.Of(this, reference);
    }
}
