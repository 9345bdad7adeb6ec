namespace LlmMemory.Models.Blocks;

/// <summary>
/// Time mixing of RWKV-7: each head carries a square matrix that a generalised delta rule updates, and a sequence the
/// last token's input, which a convolution of two taps stands for. Decay, in-context learning rate, value residual
/// and gate come from projections of low rank. Sources: fla-org/flash-linear-attention, fla/layers/rwkv7.py; Peng et
/// al., arXiv 2503.14456.
/// </summary>
public sealed record Rwkv7TimeMix : RecurrentMixer
{
    /// <inheritdoc/>
    public override string Kind => "Rwkv7";

    /// <summary>The width of the hidden states, and of all heads.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The width of a head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>The rank of the projection to decays.</summary>
    public required int DecayRank { get; init; }

    /// <summary>The rank of the projection to in-context learning rates.</summary>
    public required int LearningRateRank { get; init; }

    /// <summary>The rank of the projection to the share of the first layer's value; null in the first layer.</summary>
    public required int? ValueRank { get; init; }

    /// <summary>The rank of the gate's projection.</summary>
    public required int GateRank { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "attn.";

    /// <inheritdoc/>
    public override long StateElements => (long)HiddenSize * HeadSize;

    /// <inheritdoc/>
    public override long ConvolutionChannels => HiddenSize;

    internal override void WriteTensors(TensorScope scope)
    {
        var attention = scope.In(Prefix);
        foreach (var name in new[] { "x_r", "x_w", "x_k", "x_v", "x_a", "x_g" })
        {
            attention.Add(TensorRole.RecurrentExtra, name, 1, 1, HiddenSize);
        }

        attention.Add(TensorRole.RecurrentExtra, "k_k", HiddenSize);
        attention.Add(TensorRole.RecurrentExtra, "k_a", HiddenSize);
        attention.Add(TensorRole.RecurrentExtra, "r_k", HiddenSize / HeadSize, HeadSize);
        foreach (var name in new[] { "r_proj", "k_proj", "v_proj" })
        {
            attention.Linear(TensorRole.RecurrentInput, name, HiddenSize, HiddenSize);
        }

        WriteLowRank(attention, "w_lora", DecayRank);
        WriteLowRank(attention, "a_lora", LearningRateRank);
        if (ValueRank is { } rank)
        {
            WriteLowRank(attention, "v_lora", rank);
        }

        WriteLowRank(attention, "g_lora", GateRank, bias: false);
        attention.Norm("g_norm", HiddenSize, NormKind.LayerNorm);
        attention.Linear(TensorRole.RecurrentOutput, "o_proj", HiddenSize, HiddenSize);
    }

    private void WriteLowRank(TensorScope attention, string name, int rank, bool bias = true)
    {
        attention.Linear(TensorRole.RecurrentInput, name + ".lora.0", HiddenSize, rank);
        attention.Linear(TensorRole.RecurrentInput, name + ".lora.2", rank, HiddenSize, bias);
    }
}
