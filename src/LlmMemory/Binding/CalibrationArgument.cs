using System;
using LlmMemory.Sources.Calibrations;

namespace LlmMemory.Binding;

/// <summary>A calibration, read by its name or path; null for a blank.</summary>
public sealed class CalibrationArgument : BoundArgument<CalibrationProfile?>
{
    internal CalibrationArgument(string? given, Func<string, CalibrationPlace> place)
        : base(given, _ => string.IsNullOrWhiteSpace(given) ? null : CalibrationFile.Read(place(given!)))
    {
    }
}
