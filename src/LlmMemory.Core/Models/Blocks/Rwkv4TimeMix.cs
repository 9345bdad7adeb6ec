namespace LlmMemory.Models.Blocks;

/// <summary>
/// Time mixing of RWKV-4: a weighted mean over all tokens before, of which a sequence carries numerator, denominator
/// and exponent; and the last token's input, which a convolution of two taps stands for. Sources: transformers,
/// models/rwkv/modeling_rwkv.py; Peng et al., arXiv 2305.13048.
/// </summary>
public sealed record Rwkv4TimeMix : RecurrentMixer
{
    /// <inheritdoc/>
    public override string Kind => "Rwkv4";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The width of keys, values and receptances.</summary>
    public required int AttentionSize { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "attention.";

    /// <inheritdoc/>
    public override long StateElements => 3L * AttentionSize;

    /// <inheritdoc/>
    public override long ConvolutionChannels => HiddenSize;

    internal override void WriteTensors(TensorScope scope)
    {
        var attention = scope.In(Prefix);
        attention.Add(TensorRole.RecurrentExtra, "time_decay", AttentionSize);
        attention.Add(TensorRole.RecurrentExtra, "time_first", AttentionSize);
        foreach (var name in new[] { "key", "value", "receptance" })
        {
            attention.Add(TensorRole.RecurrentExtra, "time_mix_" + name, 1, 1, HiddenSize);
            attention.Linear(TensorRole.RecurrentInput, name, HiddenSize, AttentionSize);
        }

        attention.Linear(TensorRole.RecurrentOutput, "output", AttentionSize, HiddenSize);
    }
}
