namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>A moment of the graph at which much is alive.</summary>
/// <param name="Name">What happens.</param>
/// <param name="Bytes">What is alive.</param>
internal readonly record struct Moment(string Name, long Bytes)
{
    /// <summary>The moment at which more is alive.</summary>
    /// <param name="other">The other moment.</param>
    public Moment Or(Moment other)
    {
        return other.Bytes > Bytes ? other : this;
    }

    /// <summary>The moment with more alive.</summary>
    /// <param name="bytes">How much more.</param>
    public Moment Plus(long bytes)
    {
        return this with { Bytes = Bytes + bytes };
    }
}
