namespace LlmMemory.Models.Blocks;

/// <summary>
/// Kimi Delta Attention: the delta rule with a decay for every channel instead of every head. Sources: vLLM,
/// model_executor/models/kimi_linear.py and layers/kda.py; Kimi Team, arXiv 2510.26692.
/// </summary>
public sealed record KimiDeltaAttention : RecurrentMixer
{
    /// <inheritdoc/>
    public override string Kind => "KimiDelta";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The heads of queries, keys and values alike.</summary>
    public required int Heads { get; init; }

    /// <summary>The width of a head, of keys and values alike; also the rank of the low-rank projections.</summary>
    public required int HeadSize { get; init; }

    /// <summary>True where the output gate is one full matrix, as in Kimi K3, not a pair of low rank.</summary>
    public bool HasFullRankGate { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "self_attn.";

    /// <inheritdoc/>
    public override long StateElements => (long)Heads * HeadSize * HeadSize;

    /// <inheritdoc/>
    public override long ConvolutionChannels => 3 * Width;

    private long Width => (long)Heads * HeadSize;

    internal override void WriteTensors(TensorScope scope)
    {
        var delta = scope.In(Prefix);
        foreach (var name in new[] { "q", "k", "v" })
        {
            delta.Linear(TensorRole.RecurrentInput, name + "_proj", HiddenSize, Width);
            WriteConvolution(delta, name + "_conv1d", Width, ConvolutionKernel, bias: false);
        }

        delta.Add(TensorRole.RecurrentExtra, "A_log", Heads);
        delta.Add(TensorRole.RecurrentExtra, "dt_bias", Width);
        WriteLowRank(delta, "f");
        delta.Linear(TensorRole.RecurrentInput, "b_proj", HiddenSize, Heads);
        if (HasFullRankGate)
        {
            delta.Linear(TensorRole.RecurrentInput, "g_proj", HiddenSize, Width);
        }
        else
        {
            WriteLowRank(delta, "g");
        }

        delta.Norm("o_norm", HeadSize, NormKind.RmsNorm);
        delta.Linear(TensorRole.RecurrentOutput, "o_proj", Width, HiddenSize);
    }

    private void WriteLowRank(TensorScope delta, string name)
    {
        delta.Linear(TensorRole.RecurrentInput, name + "_a_proj", HiddenSize, HeadSize);
        delta.Linear(TensorRole.RecurrentInput, name + "_b_proj", HeadSize, Width);
    }
}
