namespace LlmMemory.Models.Blocks;

/// <summary>A feed-forward network that every token passes.</summary>
public sealed record DenseMlp : FeedForward
{
    /// <inheritdoc/>
    public override string Kind => "Dense";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The width inside.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>True for gate, up and down projections (SwiGLU and its kin); false for up and down alone.</summary>
    public bool IsGated { get; init; } = true;

    /// <summary>True where the projections into it have a bias.</summary>
    public bool Bias { get; init; }

    /// <summary>True where the projection out of it has a bias; as <see cref="Bias"/> when null.</summary>
    public bool? DownBias { get; init; }

    /// <summary>The names of the tensors in the checkpoint.</summary>
    public MlpNames Names { get; init; } = MlpNames.Llama;

    internal override void WriteTensors(TensorScope scope)
    {
        var mlp = scope.In(Names.Prefix) with { StoresInputsFirst = Names.StoresInputsFirst };
        if (IsGated && Names.GateUp is not null)
        {
            mlp.Linear(TensorRole.MlpGateUp, Names.GateUp, HiddenSize, 2L * IntermediateSize, Bias);
        }
        else
        {
            if (IsGated)
            {
                mlp.Linear(TensorRole.MlpGate, Names.Gate, HiddenSize, IntermediateSize, Bias);
            }

            mlp.Linear(TensorRole.MlpUp, Names.Up, HiddenSize, IntermediateSize, Bias);
        }

        mlp.Linear(TensorRole.MlpDown, Names.Down, IntermediateSize, HiddenSize, DownBias ?? Bias);
    }
}
