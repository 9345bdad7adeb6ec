namespace LlmMemory.Accuracy.Peers;

/// <summary>A tensor of a GGUF file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lengths">Its lengths, the innermost first.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record PeerTensor(string Name, long[] Lengths, long Bytes)
{
    /// <summary>The outermost length.</summary>
    public long Last => Lengths[^1];
}
