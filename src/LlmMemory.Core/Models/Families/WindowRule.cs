namespace LlmMemory.Models.Families;

/// <summary>What a family's class says about windows where a configuration leaves it out.</summary>
internal sealed record WindowRule
{
    /// <summary>Every layer slides where the configuration names a window, else none.</summary>
    public static WindowRule WhereNamed { get; } = new();

    /// <summary>Qwen2's: layers slide where use_sliding_window says so, those from max_window_layers up.</summary>
    public static WindowRule WhereAsked { get; } = new() { SlidesUnlessToldNotTo = false, FirstSlidingLayer = 28 };

    /// <summary>The tokens that a sliding layer sees where the configuration does not name them; null for no window.</summary>
    public int? Window { get; init; }

    /// <summary>Every how many layers one sees everything; 0 where all slide.</summary>
    public int Pattern { get; init; }

    /// <summary>False where layers slide only if use_sliding_window is there and true.</summary>
    public bool SlidesUnlessToldNotTo { get; init; } = true;

    /// <summary>The first layer that slides, where max_window_layers does not say.</summary>
    public int FirstSlidingLayer { get; init; }

    /// <summary>True where the last layer sees everything whatever the pattern says.</summary>
    public bool LastSeesAll { get; init; }
}
