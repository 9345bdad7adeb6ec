namespace LlmMemory.Models.Blocks;

/// <summary>
/// Lightning attention: linear attention with a fixed decay for each head, which carries a square matrix. Source:
/// transformers, models/minimax/modular_minimax.py.
/// </summary>
public sealed record LightningAttention : RecurrentMixer
{
    /// <inheritdoc/>
    public override string Kind => "Lightning";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The heads of queries, keys and values alike.</summary>
    public required int Heads { get; init; }

    /// <summary>The width of a head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "self_attn.";

    /// <inheritdoc/>
    public override long StateElements => (long)Heads * HeadSize * HeadSize;

    internal override void WriteTensors(TensorScope scope)
    {
        var attention = scope.In(Prefix);
        var width = (long)Heads * HeadSize;
        attention.Linear(TensorRole.RecurrentInput, "qkv_proj", HiddenSize, 3 * width);
        attention.Linear(TensorRole.RecurrentInput, "output_gate", HiddenSize, width);
        attention.Norm("norm", width, NormKind.RmsNorm);
        attention.Linear(TensorRole.RecurrentOutput, "out_proj", width, HiddenSize);
    }
}
