using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>
/// DeepSeek-V4: compressed attention, a mixture of experts in every layer, and several residual streams between them.
/// A drafting module is a layer more, with two projections before it, and takes embedding and head from the language
/// model. Sources: transformers, models/deepseek_v4/modular_deepseek_v4.py; vLLM, models/deepseek_v4/nvidia/mtp.py;
/// inference/model.py of deepseek-ai/DeepSeek-V4-Flash, whose names the checkpoints have.
/// </summary>
internal static class DeepSeekV4Family
{
    /// <summary>The family; deepseek_ref is what sgl-project/DeepSeek-V4-Flash-FP8 calls it.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "deepseek_v4", "deepseek_ref")];

    private static LanguageModel Build(ModelConfig config)
    {
        const string Name = "num_nextn_predict_layers";
        var dimensions = DecoderDimensions.Read(config);
        var modules = LayerCount.Checked(config, Name, config.Count(0, Name));
        var streams = config.Int("hc_mult");
        var layers = new DeepSeekV4Layers(config, dimensions, streams, modules);
        var last = new HyperConnection("hc_head", streams, dimensions.HiddenSize, IsLast: true);
        var frame = new DecoderFrame { Prefix = string.Empty, Embedding = "embed", Head = "head", ExtraBlocks = [last] };
        var model = frame.Around(config, dimensions, layers.Blocks);
        return modules == 0 ? model : model with { Sections = [.. model.Sections, Drafts()] };

        ModelSection Drafts()
        {
            return new ModelSection
            {
                Part = ModelPart.Mtp,
                LayerPrefix = "mtp.",
                Layers = [.. Enumerable.Range(0, modules).Select(Module)],
            };
        }

        ModelLayer Module(int index)
        {
            var hiddenSize = dimensions.HiddenSize;
            return new ModelLayer(
                index,
                [
                    new Norm("enorm", hiddenSize),
                    new Norm("hnorm", hiddenSize),
                    new Linear(TensorRole.Projection, "e_proj", hiddenSize, hiddenSize),
                    new Linear(TensorRole.Projection, "h_proj", hiddenSize, hiddenSize),
                    .. layers.Blocks(dimensions.Layers + index),
                    last,
                    new Norm("norm", hiddenSize),
                ]);
        }
    }
}
