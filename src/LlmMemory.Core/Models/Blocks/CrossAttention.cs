namespace LlmMemory.Models.Blocks;

/// <summary>
/// Attention whose queries come from the decoder and whose keys and values come from elsewhere: from an encoder's
/// last hidden states. Keys and values are computed once for a sequence, and cached for as long as the encoder's
/// input is, not for the decoder's.
/// </summary>
/// <param name="Projections">Its projections and their dimensions; they are those of any attention.</param>
public sealed record CrossAttention(GroupedQueryAttention Projections) : TokenMixer
{
    /// <inheritdoc/>
    public override string Kind => "Cross";

    internal override void WriteTensors(TensorScope scope)
    {
        Projections.WriteTensors(scope);
    }
}
