namespace LlmMemory.Estimation.Serving;

/// <summary>What an engine does with the rest of a device's memory.</summary>
internal enum DeviceFilling
{
    /// <summary>It takes what the workload needs.</summary>
    None,

    /// <summary>It fills a share of the device, and does not start where less is free.</summary>
    ShareOfTotal,

    /// <summary>It fills a share of what is free.</summary>
    ShareOfFree,
}
