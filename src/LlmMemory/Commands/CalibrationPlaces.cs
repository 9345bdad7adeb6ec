using System.Management.Automation;
using LlmMemory.Sources.Calibrations;

namespace LlmMemory.Commands;

/// <summary>Calibrations as a user of PowerShell names them: a path counts from the current location.</summary>
internal static class CalibrationPlaces
{
    /// <summary>The place of a name or path.</summary>
    /// <param name="command">The command.</param>
    /// <param name="reference">What the user wrote.</param>
    public static CalibrationPlace Of(PSCmdlet command, string reference)
    {
        return CalibrationPlace.Of(
            CalibrationPlace.IsPath(reference) ? command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(reference) : reference.Trim());
    }
}
