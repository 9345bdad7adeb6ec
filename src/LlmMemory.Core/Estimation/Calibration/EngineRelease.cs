namespace LlmMemory.Estimation.Calibration;

/// <summary>The release of an engine: what changes what it allocates.</summary>
internal static class EngineRelease
{
    /// <summary>Major and minor version: <c>0.19</c> of <c>v0.19.1rc2</c>; the text as it is where it has no two parts.</summary>
    /// <param name="version">The version as the engine writes it.</param>
    public static string MajorMinor(string version)
    {
        var parts = version.Trim().TrimStart('v', 'V').Split('.');
        return parts.Length < 2 ? version.Trim() : $"{parts[0]}.{parts[1]}";
    }
}
