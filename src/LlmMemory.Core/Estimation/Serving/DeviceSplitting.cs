namespace LlmMemory.Estimation.Serving;

/// <summary>How an engine is told to use several devices.</summary>
internal enum DeviceSplitting
{
    /// <summary>It uses one.</summary>
    None,

    /// <summary>Ranks that each layer is split over, and stages that the layers are spread over.</summary>
    Ranks,

    /// <summary>A count of devices that it spreads the layers over.</summary>
    Count,
}
