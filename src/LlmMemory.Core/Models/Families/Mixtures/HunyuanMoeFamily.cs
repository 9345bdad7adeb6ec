using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// Hunyuan-A13B: experts in every layer, whose dimensions may be lists with a value for each layer. Source:
/// transformers, models/hunyuan_v1_moe/modular_hunyuan_v1_moe.py, and modeling_hunyuan.py of
/// tencent/Hunyuan-A13B-Instruct.
/// </summary>
internal static class HunyuanMoeFamily
{
    private static readonly string[] Lists = ["num_experts", "moe_topk", "moe_intermediate_size", "num_shared_expert"];

    private static readonly MixtureNames Names = new()
    {
        Router = "gate.wg",
        Shared = new() { Prefix = "shared_mlp." },
    };

    private static readonly AttentionNames Attention = new() { QueryNorm = "query_layernorm", KeyNorm = "key_layernorm" };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "hunyuan_v1_moe")];

    private static LanguageModel Build(ModelConfig config)
    {
        if (config.Bool(false, "use_cla"))
        {
            throw config.Invalid("use_cla", "asks for layers that read the keys of others, and how such a Hunyuan is built is not known");
        }

        var dimensions = DecoderDimensions.Read(config);
        var experts = Experts(config, dimensions);
        var attention = new GroupedQueryAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = dimensions.Heads,
            KeyValueHeads = dimensions.KeyValueHeads,
            HeadSize = dimensions.HeadSize,
            QueryKeyNorm = config.Bool(true, "use_qk_norm") ? QueryKeyNorm.SharedByHeads : QueryKeyNorm.None,
            Names = Attention,
        };
        return DecoderFrame.Llama.Around(config, dimensions, _ =>
        [
            new Norm("input_layernorm", dimensions.HiddenSize),
            attention,
            new Norm("post_attention_layernorm", dimensions.HiddenSize),
            experts,
        ]);
    }

    private static MixtureOfExperts Experts(ModelConfig config, DecoderDimensions dimensions)
    {
        var values = Lists.ToDictionary(name => name, name => Same(config, name));
        var count = values["num_experts"] ?? throw config.Missing("num_experts");
        var chosen = values["moe_topk"] is { } listed
            ? ChosenExperts.Checked(config, "moe_topk", listed, count)
            : ChosenExperts.Read(config, count, "num_experts_per_tok");
        var width = values["moe_intermediate_size"] ?? dimensions.IntermediateSize;
        return new MixtureOfExperts
        {
            HiddenSize = dimensions.HiddenSize,
            Experts = count,
            ExpertsPerToken = chosen,
            ExpertIntermediateSize = width,
            SharedIntermediateSize = checked((values["num_shared_expert"] ?? 1) * dimensions.IntermediateSize),
            RouterDataType = DataTypeCatalogue.F32,
            Names = Names,
        };
    }

    /// <summary>The value of a field, or of all entries of a list; layers that differ are in no model so far.</summary>
    private static int? Same(ModelConfig config, string name)
    {
        if (!config.IsList(name))
        {
            return config.OptionalInt(name);
        }

        var values = config.IntList(name)!;
        return values.Count > 0 && values.All(value => value == values[0])
            ? values[0]
            : throw config.Invalid(name, "has layers that differ, and how such a Hunyuan is built is not known");
    }
}
