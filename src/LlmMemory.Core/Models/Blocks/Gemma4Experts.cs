namespace LlmMemory.Models.Blocks;

/// <summary>
/// The mixture of experts of a Gemma 4 layer, which works beside its dense feed-forward network: experts in two tensors
/// of three dimensions, a router with scales, and three normalisations of its own. Source: transformers,
/// models/gemma4/modeling_gemma4.py (Gemma4TextExperts, Gemma4TextRouter).
/// </summary>
public sealed record Gemma4Experts : FeedForward
{
    /// <inheritdoc/>
    public override string Kind => "Experts";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The experts.</summary>
    public required int Experts { get; init; }

    /// <summary>How many of them work on a token.</summary>
    public required int ExpertsPerToken { get; init; }

    /// <summary>The width inside an expert.</summary>
    public required int IntermediateSize { get; init; }

    internal override void WriteTensors(TensorScope scope)
    {
        scope.Linear(TensorRole.Router, "router.proj", HiddenSize, Experts);
        scope.Add(TensorRole.Router, "router.scale", HiddenSize);
        scope.Add(TensorRole.Router, "router.per_expert_scale", Experts);
        scope.Norm("pre_feedforward_layernorm_2", HiddenSize, NormKind.RmsNorm);
        var experts = scope.In("experts.") with { Experts = Experts, ExpertsPerToken = ExpertsPerToken };
        experts.Add(TensorRole.ExpertGateUp, "gate_up_proj", Experts, 2L * IntermediateSize, HiddenSize);
        experts.Add(TensorRole.ExpertDown, "down_proj", Experts, HiddenSize, IntermediateSize);
        scope.Norm("post_feedforward_layernorm_1", HiddenSize, NormKind.RmsNorm);
        scope.Norm("post_feedforward_layernorm_2", HiddenSize, NormKind.RmsNorm);
    }
}
