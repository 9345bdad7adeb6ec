using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>
/// Modules that draft further tokens, as DeepSeek-V3 has them: the embedding of a token and the hidden state before
/// it, each normalised, become one hidden state, which passes one layer more and a normalisation before the head.
/// Their numbers go on where the decoder's end. Sources: DeepSeek-AI, arXiv 2412.19437, section 2.2; README_WEIGHTS.md
/// of deepseek-ai/DeepSeek-V3; vLLM, model_executor/models/deepseek_mtp.py.
/// </summary>
internal static class DraftModules
{
    /// <summary>The language model with the modules that its configuration asks for: none, or some.</summary>
    /// <param name="model">The language model.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="dimensions">The dimensions read from it.</param>
    /// <param name="own">What of the vocabulary a module has of its own.</param>
    /// <param name="layer">Makes the blocks of a layer from its number, which counts on from the decoder's.</param>
    public static LanguageModel Add(
        LanguageModel model,
        ModelConfig config,
        DecoderDimensions dimensions,
        DraftVocabulary own,
        Func<int, IReadOnlyList<Block>> layer)
    {
        const string Name = "num_nextn_predict_layers";
        var modules = LayerCount.Checked(config, Name, config.Count(0, Name));
        if (modules == 0)
        {
            return model;
        }

        var section = new ModelSection
        {
            Part = ModelPart.Mtp,
            Prefix = DecoderFrame.Llama.Prefix,
            FirstLayerNumber = dimensions.Layers,
            Layers = [.. Enumerable.Range(0, modules).Select(Module)],
        };
        return model with { Sections = [.. model.Sections, section] };

        ModelLayer Module(int index)
        {
            return new ModelLayer(index, [.. Before(dimensions, own), .. layer(dimensions.Layers + index), .. After(dimensions, own)]);
        }
    }

    private static IReadOnlyList<Block> Before(DecoderDimensions dimensions, DraftVocabulary own)
    {
        var hiddenSize = dimensions.HiddenSize;
        Block[] embedding = [new Weight(TensorRole.Embedding, "embed_tokens.weight", dimensions.VocabularySize, hiddenSize)];
        return
        [
            .. own.HasFlag(DraftVocabulary.Embedding) ? embedding : [],
            new Norm("enorm", hiddenSize),
            new Norm("hnorm", hiddenSize),
            new Linear(TensorRole.Projection, "eh_proj", 2L * hiddenSize, hiddenSize),
        ];
    }

    private static IReadOnlyList<Block> After(DecoderDimensions dimensions, DraftVocabulary own)
    {
        Block[] head = [new Linear(TensorRole.Head, "shared_head.head", dimensions.HiddenSize, dimensions.VocabularySize)];
        return [new Norm("shared_head.norm", dimensions.HiddenSize), .. own.HasFlag(DraftVocabulary.Head) ? head : []];
    }
}
