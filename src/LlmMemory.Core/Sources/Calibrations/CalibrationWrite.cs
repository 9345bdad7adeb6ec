namespace LlmMemory.Sources.Calibrations;

/// <summary>What is done with a calibration that is there already.</summary>
public enum CalibrationWrite
{
    /// <summary>It is left, and saving is an error.</summary>
    Create,

    /// <summary>The logs are added to it.</summary>
    Append,

    /// <summary>It is replaced.</summary>
    Replace,
}
