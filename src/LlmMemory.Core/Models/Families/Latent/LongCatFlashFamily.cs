using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>
/// LongCat-Flash: each layer has latent attention and a dense network twice, and beside them one mixture of experts,
/// of which some are zero experts that hand a token on as it is and have no weights. Its drafting module is dense, and
/// has an embedding of its own. Sources: vLLM, model_executor/models/{longcat_flash, longcat_flash_mtp}.py;
/// transformers, models/longcat_flash/modular_longcat_flash.py.
/// </summary>
internal static class LongCatFlashFamily
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "longcat_flash")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var attention = LatentFields.Attention(config, dimensions.HiddenSize);
        var mlp = new DenseMlp { HiddenSize = dimensions.HiddenSize, IntermediateSize = dimensions.IntermediateSize };
        var experts = LatentExperts.LongCat(config, dimensions.HiddenSize);
        var model = DecoderFrame.Llama.Around(config, dimensions, _ =>
        [
            .. Half(0, [experts]),
            .. Half(1, []),
        ]);
        const string Modules = "num_nextn_predict_layers";
        var modules = LayerCount.Checked(config, Modules, config.Count(0, Modules));
        return modules == 0 ? model : model with { Sections = [.. model.Sections, Drafts(dimensions, attention, mlp, modules)] };

        IEnumerable<Block> Half(int index, IReadOnlyList<Block> beside)
        {
            return
            [
                new Norm($"input_layernorm.{index}", dimensions.HiddenSize),
                attention with { Prefix = $"self_attn.{index}." },
                new Norm($"post_attention_layernorm.{index}", dimensions.HiddenSize),
                .. beside,
                mlp with { Names = mlp.Names with { Prefix = $"mlps.{index}." } },
            ];
        }
    }

    private static ModelSection Drafts(DecoderDimensions dimensions, LatentAttention attention, DenseMlp mlp, int modules)
    {
        var hiddenSize = dimensions.HiddenSize;
        IReadOnlyList<Block> layer =
        [
            new Norm("enorm.m", hiddenSize),
            new Norm("hnorm.m", hiddenSize),
            new Linear(TensorRole.Projection, "eh_proj", 2L * hiddenSize, hiddenSize),
            new Norm("input_layernorm", hiddenSize),
            attention,
            new Norm("post_attention_layernorm", hiddenSize),
            mlp with { Names = mlp.Names with { Prefix = "transformer_layer.mlp." } },
        ];
        return new ModelSection
        {
            Part = ModelPart.Mtp,
            Prefix = "model.mtp.",
            Blocks =
            [
                new Weight(TensorRole.Embedding, "embed_tokens.weight", dimensions.VocabularySize, hiddenSize),
                new Norm("norm", hiddenSize),
            ],
            Layers = [.. Enumerable.Range(0, modules).Select(index => new ModelLayer(index, layer))],
        };
    }
}
