namespace LlmMemory.Models.Blocks;

/// <summary>
/// How a router chooses and weighs experts. None of it is a weight; engines compute with it, and their buffers depend
/// on it.
/// </summary>
public sealed record ExpertRouting
{
    /// <summary>How logits become scores.</summary>
    public ExpertGating Gating { get; init; }

    /// <summary>True where the weights of the chosen experts are made to add up to one.</summary>
    public bool NormalisesWeights { get; init; }

    /// <summary>What the weights are multiplied by.</summary>
    public double WeightScale { get; init; } = 1;

    /// <summary>The groups that experts stand in, of which some are chosen first; 1 or fewer for no groups.</summary>
    public int Groups { get; init; }

    /// <summary>The groups that are chosen for a token.</summary>
    public int GroupsPerToken { get; init; }

    /// <summary>True where experts without a gate square what their activation gives (Nemotron).</summary>
    public bool SquaresActivation { get; init; }

    /// <summary>True where the scale changes anything; 0 stands for no scale in some files.</summary>
    internal bool ScalesWeights => WeightScale is not (0 or 1);
}
