namespace LlmMemory.Models.Blocks;

/// <summary>
/// Channel mixing of RWKV-4: a feed-forward network with a gate that also sees the token before, so that a sequence
/// carries one hidden state for it. Source: transformers, models/rwkv/modeling_rwkv.py.
/// </summary>
public sealed record Rwkv4ChannelMix : FeedForward
{
    /// <inheritdoc/>
    public override string Kind => "ChannelMix";

    /// <summary>The width of the hidden states, and the elements that a sequence carries.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The width inside.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "feed_forward.";

    internal override void WriteTensors(TensorScope scope)
    {
        var network = scope.In(Prefix);
        network.Add(TensorRole.RecurrentExtra, "time_mix_key", 1, 1, HiddenSize);
        network.Add(TensorRole.RecurrentExtra, "time_mix_receptance", 1, 1, HiddenSize);
        network.Linear(TensorRole.MlpUp, "key", HiddenSize, IntermediateSize);
        network.Linear(TensorRole.MlpGate, "receptance", HiddenSize, HiddenSize);
        network.Linear(TensorRole.MlpDown, "value", IntermediateSize, HiddenSize);
    }
}
