namespace LlmMemory.Models.Blocks;

/// <summary>
/// The recurrent block of Griffin, as in RecurrentGemma: two branches, one of them through a short convolution and a
/// real-gated linear recurrent unit (RG-LRU) whose gates are block-diagonal. Sources: transformers,
/// models/recurrent_gemma/modeling_recurrent_gemma.py; De et al., arXiv 2402.19427.
/// </summary>
public sealed record RealGatedRecurrence : RecurrentMixer
{
    /// <inheritdoc/>
    public override string Kind => "RealGatedRecurrence";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The width of the recurrence, and its state.</summary>
    public required int Width { get; init; }

    /// <summary>The blocks on the diagonal of the gates: as many as attention has heads.</summary>
    public required int GateBlocks { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "temporal_block.";

    /// <inheritdoc/>
    public override long StateElements => Width;

    /// <inheritdoc/>
    public override long ConvolutionChannels => Width;

    internal override void WriteTensors(TensorScope scope)
    {
        var block = scope.In(Prefix);
        block.Linear(TensorRole.RecurrentInput, "linear_y", HiddenSize, Width, bias: true);
        block.Linear(TensorRole.RecurrentInput, "linear_x", HiddenSize, Width, bias: true);
        WriteConvolution(block, "conv_1d", Width, ConvolutionKernel, bias: true);
        block.Add(TensorRole.RecurrentExtra, "rg_lru.recurrent_param", Width);
        WriteGate(block, "rg_lru.input_gate");
        WriteGate(block, "rg_lru.recurrent_gate");
        block.Linear(TensorRole.RecurrentOutput, "linear_out", Width, HiddenSize, bias: true);
    }

    private void WriteGate(TensorScope block, string name)
    {
        var blockWidth = Width / GateBlocks;
        block.Add(TensorRole.RecurrentExtra, name + "_weight", GateBlocks, blockWidth, blockWidth);
        block.Add(TensorRole.RecurrentExtra, name + "_bias", GateBlocks, blockWidth);
    }
}
