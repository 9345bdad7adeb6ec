namespace LlmMemory.Planning;

/// <summary>How careful a verdict is.</summary>
public sealed record FitTerms
{
    /// <summary>True where the high end of the band has to fit.</summary>
    public bool Strict { get; init; }

    /// <summary>What has to stay free on each device.</summary>
    public FitHeadroom Headroom { get; init; } = FitHeadroom.None;

    /// <summary>True where more is asked than that it fits as expected.</summary>
    internal bool IsCareful => Strict || Headroom != FitHeadroom.None;
}
