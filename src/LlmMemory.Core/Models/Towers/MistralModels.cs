using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Mistral 3 and Ministral 3: Pixtral, a normalisation, a merger of neighbouring patches, and two linear layers.
/// Source: Mistral3MultiModalProjector, transformers/models/mistral3/modeling_mistral3.py.
/// </summary>
internal static class MistralModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "mistral3") { TextModelType = "mistral", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var encoder = VisionEncoders.Build(config, "pixtral");
        var merge = config.Model.OptionalInt("spatial_merge_size") ?? 2;
        var merged = (long)encoder.HiddenSize * merge * merge;
        var bias = config.Model.Bool(false, "multimodal_projector_bias");
        return
        [
            encoder.Section,
            Projectors.Of(
                Projectors.Prefix,
                [
                    new Norm("norm", encoder.HiddenSize),
                    new Linear(TensorRole.Projection, "patch_merger.merging_layer", merged, encoder.HiddenSize),
                    .. Projectors.TwoLayers(encoder.HiddenSize, config.TextHiddenSize, config.TextHiddenSize, bias),
                ]),
        ];
    }
}
