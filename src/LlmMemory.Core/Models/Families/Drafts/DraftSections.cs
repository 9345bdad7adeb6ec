using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Drafts;

/// <summary>
/// Modules that draft further tokens (multi-token prediction): each joins the last hidden state and the embedding of
/// the next token, and has a layer of its own. Families differ in what else a module has, and where its tensors stand.
/// </summary>
internal static class DraftSections
{
    /// <summary>The model with its modules.</summary>
    /// <param name="model">The model.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="section">Makes the section from the number of modules.</param>
    /// <param name="field">The field that counts them.</param>
    /// <exception cref="Errors.LlmMemoryException">There are more modules than any model has layers.</exception>
    public static LanguageModel Append(
        LanguageModel model, ModelConfig config, Func<int, ModelSection> section, string field = "num_nextn_predict_layers")
    {
        var modules = LayerCount.Checked(config, field, config.Count(0, field));
        return modules == 0 ? model : model with { Sections = [.. model.Sections, section(modules)] };
    }

    /// <summary>
    /// Modules whose numbers go on where the decoder's end, as DeepSeek-V3 and GLM-4.5 have them: the joint, a layer, and
    /// a normalisation before the head. Sources: DeepSeek-AI, arXiv 2412.19437, section 2.2; README_WEIGHTS.md of
    /// deepseek-ai/DeepSeek-V3; vLLM, model_executor/models/{deepseek_mtp, glm4_moe_mtp}.py; the counts of
    /// zai-org/GLM-4.5 and GLM-4.5-Air.
    /// </summary>
    /// <param name="dimensions">The decoder's dimensions.</param>
    /// <param name="modules">How many there are.</param>
    /// <param name="own">What of the vocabulary a module has of its own.</param>
    /// <param name="layer">The blocks of a layer.</param>
    public static ModelSection WithSharedHead(
        DecoderDimensions dimensions, int modules, DraftVocabulary own, IReadOnlyList<Block> layer)
    {
        Block[] embedding = [new Weight(TensorRole.Embedding, "embed_tokens.weight", dimensions.VocabularySize, dimensions.HiddenSize)];
        Block[] head = [new Linear(TensorRole.Head, "shared_head.head", dimensions.HiddenSize, dimensions.VocabularySize)];
        return CountedOn(
            dimensions,
            modules,
            [
                .. own.HasFlag(DraftVocabulary.Embedding) ? embedding : [],
                .. layer,
                new Norm("shared_head.norm", dimensions.HiddenSize),
                .. own.HasFlag(DraftVocabulary.Head) ? head : [],
            ]);
    }

    /// <summary>
    /// Modules that are counted on from the decoder's layers, and share its embedding and head, as in Ling 2. Source:
    /// inclusionAI/Ling-V2, models/modeling_bailing_moe_v2.py.
    /// </summary>
    /// <param name="dimensions">The decoder's dimensions.</param>
    /// <param name="modules">How many there are.</param>
    /// <param name="layer">The blocks of a layer.</param>
    public static ModelSection WithFinalNorm(DecoderDimensions dimensions, int modules, IReadOnlyList<Block> layer)
    {
        return CountedOn(dimensions, modules, [.. layer, new Norm("final_layernorm", dimensions.HiddenSize)]);
    }

    /// <summary>
    /// One joint for all modules, whose layers are numbered by themselves; embedding and head are the decoder's. So in
    /// Qwen3-Next, Qwen3.5 and K-EXAONE. Sources: vLLM, model_executor/models/{qwen3_next_mtp, exaone_moe_mtp}.py.
    /// </summary>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    /// <param name="modules">How many there are.</param>
    /// <param name="layer">Makes the blocks of a layer from its number.</param>
    public static ModelSection WithOneJoint(int hiddenSize, int modules, Func<int, IReadOnlyList<Block>> layer)
    {
        return new ModelSection
        {
            Part = ModelPart.Mtp,
            Prefix = "mtp.",
            Blocks =
            [
                new Linear(TensorRole.Projection, "fc", 2L * hiddenSize, hiddenSize),
                new Norm("pre_fc_norm_hidden", hiddenSize),
                new Norm("pre_fc_norm_embedding", hiddenSize),
                new Norm("norm", hiddenSize),
            ],
            Layers = [.. Enumerable.Range(0, modules).Select(index => new ModelLayer(index, layer(index)))],
        };
    }

    /// <summary>
    /// What joins the embedding of a token and the hidden state before it, each normalised, to one hidden state, by the
    /// names that DeepSeek gave it.
    /// </summary>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    public static IReadOnlyList<Block> Joint(int hiddenSize)
    {
        return
        [
            new Norm("enorm", hiddenSize),
            new Norm("hnorm", hiddenSize),
            new Linear(TensorRole.Projection, "eh_proj", 2L * hiddenSize, hiddenSize),
        ];
    }

    private static ModelSection CountedOn(DecoderDimensions dimensions, int modules, IReadOnlyList<Block> blocks)
    {
        return new ModelSection
        {
            Part = ModelPart.Mtp,
            Prefix = "model.",
            FirstLayerNumber = dimensions.Layers,
            Layers = [.. Enumerable.Range(0, modules).Select(index => new ModelLayer(index, [.. Joint(dimensions.HiddenSize), .. blocks]))],
        };
    }
}
