using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Drafts;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// Step 3.5: layers that slide have more heads than those that see everything, every head has a gate, experts stand
/// beside one that every token passes, and each drafting module has a head of its own. Sources: vLLM,
/// model_executor/models/step3p5.py and step3p5_mtp.py.
/// </summary>
internal static class Step35Family
{
    private const string Modules = "num_nextn_predict_layers";

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "step3p5")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var modules = LayerCount.Checked(config, Modules, config.Count(0, Modules));
        var layers = new Step35Layers(config, dimensions, dimensions.Layers + modules);
        var model = DecoderFrame.Llama.Around(config, dimensions, layers.Blocks);
        return modules == 0
            ? model
            : model with { Sections = [.. model.Sections, Drafts(dimensions, modules, layers)] };
    }

    private static ModelSection Drafts(DecoderDimensions dimensions, int modules, Step35Layers layers)
    {
        return new ModelSection
        {
            Part = ModelPart.Mtp,
            Prefix = "model.",
            FirstLayerNumber = dimensions.Layers,
            Layers = [.. Enumerable.Range(0, modules).Select(index => new ModelLayer(index, Draft(index)))],
        };

        IReadOnlyList<Block> Draft(int index)
        {
            var hiddenSize = dimensions.HiddenSize;
            return
            [
                .. DraftSections.Joint(hiddenSize),
                .. layers.Blocks(dimensions.Layers + index),
                new Norm("shared_head.norm", hiddenSize),
                new Linear(TensorRole.Head, "shared_head.output", hiddenSize, dimensions.VocabularySize),
            ];
        }
    }
}
