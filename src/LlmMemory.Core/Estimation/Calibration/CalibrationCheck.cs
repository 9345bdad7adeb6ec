using LlmMemory.Errors;
using LlmMemory.Estimation.Serving;
using LlmMemory.Sources.Calibrations;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Calibration;

/// <summary>Whether a calibration holds for an estimate: it is of one engine, one of its versions, and one kind of device.</summary>
internal static class CalibrationCheck
{
    /// <summary>Refuses a calibration of something else.</summary>
    /// <param name="workload">The workload that it is asked for with.</param>
    /// <param name="engine">The engine of the estimate.</param>
    /// <param name="version">The version of the engine, null where it is not said.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.CalibrationMismatch"/>.</exception>
    public static void Check(InferenceWorkload workload, ServingEngine engine, string? version)
    {
        if (workload.Calibration is not { } profile)
        {
            return;
        }

        if (profile.Engine != engine.Name)
        {
            throw Mismatch(profile, engine.Name, $"Write -Engine {profile.Engine}, or leave -Calibration out.");
        }

        var rules = engine.RulesOf(version);
        var asked = version is null ? rules : EngineRelease.MajorMinor(version);
        if (asked != profile.EngineVersion || rules != profile.RulesVersion)
        {
            throw Mismatch(
                profile,
                $"{engine.Name} {asked}: what an engine takes changes with its version",
                $"Write -EngineVersion {profile.EngineVersion}, or calibrate with a log of {asked}.");
        }

        if (profile.IsOfOtherDevice(workload.DeviceMemory))
        {
            throw Mismatch(
                profile, $"a device of {CalibrationError.Size(workload.DeviceMemory!.Value)}", "Leave -Calibration out, or calibrate with a log of that device.");
        }
    }

    private static LlmMemoryException Mismatch(CalibrationProfile profile, string estimate, string advice)
    {
        return new LlmMemoryException(
            ErrorIds.CalibrationMismatch,
            profile.Name,
            $"The calibration {Quoted.Value(profile.Name)} is of {CalibrationError.Subject(profile)}, and the estimate is of {estimate}. {advice}");
    }
}
