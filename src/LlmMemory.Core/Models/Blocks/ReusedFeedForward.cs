namespace LlmMemory.Models.Blocks;

/// <summary>A feed-forward network that stands in several layers with the same weights.</summary>
/// <param name="Original">The network that brings the weights, in an earlier layer.</param>
public sealed record ReusedFeedForward(FeedForward Original) : FeedForward
{
    /// <inheritdoc/>
    public override string Kind => Original.Kind;

    internal override void WriteTensors(TensorScope scope)
    {
        // The weights are where the original is.
    }
}
