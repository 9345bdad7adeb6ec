namespace LlmMemory.Estimation.Comparison;

/// <summary>Where a figure of a log lies: the host, a GPU by its number, a rank of a group, or where is not said.</summary>
/// <param name="Kind">What is known of the place.</param>
/// <param name="Label">What the log calls it.</param>
internal readonly record struct LogPlace(LogPlaceKind Kind, string Label)
{
    /// <summary>The log does not say where.</summary>
    public static LogPlace Unsaid { get; } = new(LogPlaceKind.Unsaid, string.Empty);

    /// <summary>All devices and the host together.</summary>
    public static LogPlace Everywhere { get; } = new(LogPlaceKind.Everywhere, string.Empty);

    /// <summary>The GPU, or the rank among all ranks, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The copy of the model.</summary>
    public int Copy { get; init; }

    /// <summary>The stage of the pipeline.</summary>
    public int Stage { get; init; }

    /// <summary>The rank within the stage.</summary>
    public int Rank { get; init; }

    /// <summary>The number of the device in an estimate; null where the place is no single device.</summary>
    /// <param name="stages">The stages of a copy.</param>
    /// <param name="ranks">The ranks of a stage.</param>
    public long? DeviceIn(int stages, int ranks)
    {
        return Kind switch
        {
            LogPlaceKind.Gpu => Index,
            LogPlaceKind.Rank => checked((((long)Copy * stages) + Stage) * ranks) + Rank,
            _ => null,
        };
    }
}
