namespace LlmMemory.Models.Blocks;

/// <summary>A mixer that stands in several layers with the same weights; each has a cache or a state of its own.</summary>
/// <param name="Original">The mixer that brings the weights, in an earlier layer.</param>
public sealed record ReusedMixer(TokenMixer Original) : TokenMixer
{
    /// <inheritdoc/>
    public override string Kind => Original.Kind;

    internal override void WriteTensors(TensorScope scope)
    {
        // The weights are where the original is.
    }
}
