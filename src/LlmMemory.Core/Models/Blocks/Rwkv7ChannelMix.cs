namespace LlmMemory.Models.Blocks;

/// <summary>
/// Channel mixing of RWKV-7: a feed-forward network that also sees the token before, so that a sequence carries one
/// hidden state for it. Source: fla-org/flash-linear-attention, fla/models/rwkv7/modeling_rwkv7.py.
/// </summary>
public sealed record Rwkv7ChannelMix : FeedForward
{
    /// <inheritdoc/>
    public override string Kind => "ChannelMix";

    /// <summary>The width of the hidden states, and the elements that a sequence carries.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The width inside.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "ffn.";

    internal override void WriteTensors(TensorScope scope)
    {
        var network = scope.In(Prefix);
        network.Add(TensorRole.RecurrentExtra, "x_k", HiddenSize);
        network.Linear(TensorRole.MlpUp, "key", HiddenSize, IntermediateSize);
        network.Linear(TensorRole.MlpDown, "value", IntermediateSize, HiddenSize);
    }
}
