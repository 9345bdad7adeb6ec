namespace LlmMemory.Models.Blocks;

/// <summary>
/// Linear attention with a gate and the delta rule: each value head carries a matrix of key size times value size.
/// Sources: transformers, models/qwen3_next, qwen3_5 and olmo_hybrid (modular_*.py); Yang et al., arXiv 2412.06464.
/// </summary>
public sealed record GatedDeltaNet : RecurrentMixer
{
    /// <inheritdoc/>
    public override string Kind => "GatedDelta";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Key heads, and as many query heads.</summary>
    public required int KeyHeads { get; init; }

    /// <summary>Value heads, a multiple of the key heads.</summary>
    public required int ValueHeads { get; init; }

    /// <summary>The width of a key head.</summary>
    public required int KeyHeadSize { get; init; }

    /// <summary>The width of a value head.</summary>
    public required int ValueHeadSize { get; init; }

    /// <summary>How the checkpoint stores the projections.</summary>
    public GatedDeltaLayout Layout { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "linear_attn.";

    /// <inheritdoc/>
    public override long StateElements => (long)ValueHeads * KeyHeadSize * ValueHeadSize;

    /// <inheritdoc/>
    public override long ConvolutionChannels => (2 * KeyWidth) + ValueWidth;

    private long KeyWidth => (long)KeyHeads * KeyHeadSize;

    private long ValueWidth => (long)ValueHeads * ValueHeadSize;

    internal override void WriteTensors(TensorScope scope)
    {
        var delta = scope.In(Prefix);
        var isSeparate = Layout == GatedDeltaLayout.Separate;
        delta.Add(TensorRole.RecurrentExtra, "dt_bias", ValueHeads);
        delta.Add(TensorRole.RecurrentExtra, "A_log", ValueHeads);
        WriteConvolutions(delta);
        WriteProjections(delta);
        delta.Norm(isSeparate ? "o_norm" : "norm", ValueHeadSize, NormKind.RmsNorm);
        delta.Linear(TensorRole.RecurrentOutput, isSeparate ? "o_proj" : "out_proj", ValueWidth, HiddenSize);
    }

    private void WriteConvolutions(TensorScope delta)
    {
        (string Name, long Channels)[] convolutions = Layout == GatedDeltaLayout.Separate
            ? [("q_conv1d", KeyWidth), ("k_conv1d", KeyWidth), ("v_conv1d", ValueWidth)]
            : [("conv1d", ConvolutionChannels)];
        foreach (var (name, channels) in convolutions)
        {
            WriteConvolution(delta, name, channels, ConvolutionKernel, bias: false);
        }
    }

    private void WriteProjections(TensorScope delta)
    {
        (string Name, long Width)[] projections = Layout switch
        {
            GatedDeltaLayout.Fused => [("in_proj_qkvz", ConvolutionChannels + ValueWidth), ("in_proj_ba", 2L * ValueHeads)],
            GatedDeltaLayout.Split =>
            [
                ("in_proj_qkv", ConvolutionChannels), ("in_proj_z", ValueWidth),
                ("in_proj_b", ValueHeads), ("in_proj_a", ValueHeads),
            ],
            _ =>
            [
                ("q_proj", KeyWidth), ("k_proj", KeyWidth), ("v_proj", ValueWidth),
                ("a_proj", ValueHeads), ("b_proj", ValueHeads), ("g_proj", ValueWidth),
            ],
        };
        foreach (var (name, width) in projections)
        {
            delta.Linear(TensorRole.RecurrentInput, name, HiddenSize, width);
        }
    }
}
