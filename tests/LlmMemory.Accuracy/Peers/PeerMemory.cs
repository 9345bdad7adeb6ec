namespace LlmMemory.Accuracy.Peers;

/// <summary>What a peer says of one GPU that holds the whole model.</summary>
/// <param name="Weights">The weights.</param>
/// <param name="Cache">Keys, values and states; null where the peer has one figure for these and the compute buffer.</param>
/// <param name="Context">Cache and compute buffer together.</param>
/// <param name="Further">What it adds beside: llama.cpp has its output on the host.</param>
internal sealed record PeerMemory(double Weights, double? Cache, double Context, double Further)
{
    public double Total => Weights + Context + Further;
}
