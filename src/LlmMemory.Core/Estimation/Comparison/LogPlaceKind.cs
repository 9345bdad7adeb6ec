namespace LlmMemory.Estimation.Comparison;

/// <summary>What is known of the place of a figure.</summary>
internal enum LogPlaceKind
{
    /// <summary>Nothing; with one device that is enough.</summary>
    Unsaid,

    /// <summary>Memory of the host.</summary>
    Host,

    /// <summary>A GPU, or a rank counted over all.</summary>
    Gpu,

    /// <summary>A rank of a stage of a copy.</summary>
    Rank,

    /// <summary>A device that no estimate has: another machine, a split buffer.</summary>
    Other,

    /// <summary>All devices and the host together.</summary>
    Everywhere,
}
