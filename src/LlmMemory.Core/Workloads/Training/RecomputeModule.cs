using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>A part of a layer that selective recomputation computes again. Source: NVIDIA/Megatron-LM megatron/core/transformer/transformer_config.py, recompute_modules.</summary>
public sealed class RecomputeModule : NamedChoice
{
    private RecomputeModule(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>Scores and probabilities of attention.</summary>
    public static RecomputeModule CoreAttention { get; } = new("core_attn", "core_attn: scores and probabilities of attention", "coreattention");

    /// <summary>The activation inside routed experts.</summary>
    public static RecomputeModule ExpertActivation { get; } = new("moe_act", "moe_act: the activation inside routed experts");

    /// <summary>What normalisations before attention and feed-forward network give.</summary>
    public static RecomputeModule Norms { get; } = new("layernorm", "layernorm: what the normalisations of a layer give");

    /// <summary>Queries, keys and values of latent attention.</summary>
    public static RecomputeModule LatentUp { get; } = new("mla_up_proj", "mla_up_proj: queries, keys and values of latent attention");

    /// <summary>The whole dense feed-forward network.</summary>
    public static RecomputeModule Mlp { get; } = new("mlp", "mlp: the dense feed-forward network");

    /// <summary>All routed experts.</summary>
    public static RecomputeModule Experts { get; } = new("moe", "moe: the routed experts");

    /// <summary>The experts that every token passes.</summary>
    public static RecomputeModule SharedExperts { get; } = new("shared_experts", "shared_experts: the experts that every token passes");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<RecomputeModule> All { get; } =
        new("module to recompute", Errors.ErrorIds.RecomputeModuleUnknown, CoreAttention, ExpertActivation, Norms, LatentUp, Mlp, Experts, SharedExperts);
}
