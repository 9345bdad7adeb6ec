using LlmMemory.DataTypes;

namespace LlmMemory.Models.Blocks;

/// <summary>
/// A mixture of experts: a router chooses a few of many feed-forward networks for each token, and shared experts work
/// on every token beside them. Source: each family's modeling_*.py under huggingface/transformers,
/// src/transformers/models.
/// </summary>
public sealed record MixtureOfExperts : FeedForward
{
    /// <inheritdoc/>
    public override string Kind => "Experts";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The routed experts of the layer.</summary>
    public required int Experts { get; init; }

    /// <summary>The routed experts that are chosen for a token.</summary>
    public required int ExpertsPerToken { get; init; }

    /// <summary>The width inside a routed expert.</summary>
    public required int ExpertIntermediateSize { get; init; }

    /// <summary>True for gate, up and down projections; false for up and down alone.</summary>
    public bool IsGated { get; init; } = true;

    /// <summary>True where the projections of routed experts have a bias.</summary>
    public bool ExpertBias { get; init; }

    /// <summary>How the checkpoint stores the routed experts.</summary>
    public ExpertStorage Storage { get; init; }

    /// <summary>True where the router adds a bias to its scores.</summary>
    public bool RouterBias { get; init; }

    /// <summary>How the router is stored, where not as the rest of the model.</summary>
    public DataType? RouterDataType { get; init; }

    /// <summary>True where a weight for each expert corrects the choice, and nothing but the choice.</summary>
    public bool HasCorrectionBias { get; init; }

    /// <summary>How that weight is stored, where not as the rest of the model.</summary>
    public DataType? CorrectionBiasDataType { get; init; }

    /// <summary>How experts are chosen and weighed; null where the model's description does not say it.</summary>
    public ExpertRouting? Routing { get; init; }

    /// <summary>The width inside all shared experts together; 0 for none.</summary>
    public int SharedIntermediateSize { get; init; }

    /// <summary>True where a gate weighs the shared experts for each token.</summary>
    public bool HasSharedGate { get; init; }

    /// <summary>The width that the routed experts work on where it is not the hidden size: Nemotron 3, Kimi K3.</summary>
    public int? LatentSize { get; init; }

    /// <summary>True where that latent is normalised.</summary>
    public bool HasLatentNorm { get; init; }

    /// <summary>Experts that the router can choose and that do nothing: LongCat. They have no weights but the router's.</summary>
    public int ZeroExperts { get; init; }

    /// <summary>The names of the tensors in the checkpoint.</summary>
    public MixtureNames Names { get; init; } = MixtureNames.DeepSeek;

    private int ExpertWidth => LatentSize ?? HiddenSize;

    internal override void WriteTensors(TensorScope scope)
    {
        var mixture = scope.In(Names.Prefix);
        WriteRouter(mixture);
        WriteLatent(mixture);
        WriteExperts(mixture.In(Names.Experts.Prefix) with { Experts = Experts, ExpertsPerToken = ExpertsPerToken });
        WriteShared(mixture);
    }

    private void WriteRouter(TensorScope mixture)
    {
        var choices = (long)Experts + ZeroExperts;
        mixture.AddStoredAs(RouterDataType, TensorRole.Router, Names.Router + ".weight", choices, HiddenSize);
        if (RouterBias)
        {
            mixture.AddStoredAs(RouterDataType, TensorRole.Router, Names.Router + ".bias", choices);
        }

        if (HasCorrectionBias)
        {
            mixture.AddStoredAs(CorrectionBiasDataType, TensorRole.Router, Names.CorrectionBias, choices);
        }
    }

    private void WriteLatent(TensorScope mixture)
    {
        if (LatentSize is not { } latent)
        {
            return;
        }

        mixture.Linear(TensorRole.Projection, Names.LatentDown, HiddenSize, latent);
        if (HasLatentNorm)
        {
            mixture.Norm(Names.LatentNorm, latent, NormKind.RmsNorm);
        }

        mixture.Linear(TensorRole.Projection, Names.LatentUp, latent, HiddenSize);
    }

    private void WriteExperts(TensorScope experts)
    {
        if (IsGated && Names.Experts.GateUp is { } gateUp)
        {
            WriteExpert(experts, TensorRole.ExpertGateUp, gateUp, ExpertWidth, 2L * ExpertIntermediateSize);
        }
        else
        {
            if (IsGated)
            {
                WriteExpert(experts, TensorRole.ExpertGate, Names.Experts.Gate, ExpertWidth, ExpertIntermediateSize);
            }

            WriteExpert(experts, TensorRole.ExpertUp, Names.Experts.Up, ExpertWidth, ExpertIntermediateSize);
        }

        WriteExpert(experts, TensorRole.ExpertDown, Names.Experts.Down, ExpertIntermediateSize, ExpertWidth);
    }

    private void WriteExpert(TensorScope experts, TensorRole role, string name, long inputs, long outputs)
    {
        if (Storage == ExpertStorage.OneByOne)
        {
            (experts with { Count = experts.Count * Experts }).Linear(role, name, inputs, outputs, ExpertBias);
            return;
        }

        var stacked = experts with { StoresInputsFirst = Storage == ExpertStorage.StackedByInput };
        stacked.Add(role, name, Storage switch
        {
            ExpertStorage.StackedByInput => [Experts, inputs, outputs],
            ExpertStorage.StackedByOutput => [Experts, outputs, inputs],
            _ => [(long)Experts * ExpertIntermediateSize, ExpertWidth],
        });
        if (ExpertBias)
        {
            experts.Add(role, name + "_bias", Experts, outputs);
        }
    }

    private void WriteShared(TensorScope mixture)
    {
        if (SharedIntermediateSize == 0)
        {
            return;
        }

        var shared = mixture.In(Names.Shared.Prefix);
        if (IsGated)
        {
            shared.Linear(TensorRole.SharedExpertGate, Names.Shared.Gate, HiddenSize, SharedIntermediateSize);
        }

        shared.Linear(TensorRole.SharedExpertUp, Names.Shared.Up, HiddenSize, SharedIntermediateSize);
        shared.Linear(TensorRole.SharedExpertDown, Names.Shared.Down, SharedIntermediateSize, HiddenSize);
        if (HasSharedGate)
        {
            mixture.Linear(TensorRole.Router, Names.SharedGate, HiddenSize, 1);
        }
    }
}
