using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// LLaVA and its successors: a tower from the shelf - CLIP, SigLIP or Pixtral - and two linear layers. LLaVA-NeXT and
/// LLaVA-OneVision add a vector that ends a row of image tiles, VipLLaVA joins the states of several layers and
/// normalises them. Sources: transformers/models/llava, llava_next, llava_onevision, vipllava, each modeling_*.py.
/// </summary>
internal static class LlavaModels
{
    private const string DefaultTower = "clip_vision_model";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(config => BuildLlava(config, DefaultTower), "llava")
        {
            TextModelType = "llama",
            LanguageModel = LanguageModelNames.Before,
        },
        new(config => BuildNext(config, DefaultTower), "llava_next", "llava_next_video")
        {
            TextModelType = "llama",
            LanguageModel = LanguageModelNames.Before,
        },
        new(config => BuildNext(config, "siglip_vision_model"), "llava_onevision")
        {
            TextModelType = "qwen2",
            LanguageModel = LanguageModelNames.Before,
        },
        new(BuildVip, "vipllava") { TextModelType = "llama", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> BuildLlava(TowerConfig config, string typeWhenMissing)
    {
        var encoder = VisionEncoders.Build(config, typeWhenMissing);
        var bias = config.Model.Bool(true, "multimodal_projector_bias");
        var inputs = (long)encoder.HiddenSize * FeatureLayers(config, whenMissing: 1);
        return
        [
            encoder.Section,
            Projectors.Of(Projectors.Prefix, Projectors.TwoLayers(inputs, config.TextHiddenSize, config.TextHiddenSize, bias)),
        ];
    }

    private static IReadOnlyList<ModelSection> BuildNext(TowerConfig config, string typeWhenMissing)
    {
        var newline = new Weight(TensorRole.Extra, "image_newline", config.TextHiddenSize);
        return [.. BuildLlava(config, typeWhenMissing), Projectors.Of(string.Empty, newline)];
    }

    private static IReadOnlyList<ModelSection> BuildVip(TowerConfig config)
    {
        const int LayersByDefault = 5;
        var encoder = VisionEncoders.Build(config, DefaultTower);
        var inputs = checked(encoder.HiddenSize * FeatureLayers(config, LayersByDefault));
        return
        [
            encoder.Section,
            Projectors.Of(
                Projectors.Prefix,
                [
                    new Norm("projector_layernorm", inputs, NormKind.LayerNorm),
                    .. Projectors.TwoLayers(inputs, config.TextHiddenSize, config.TextHiddenSize, bias: true),
                ]),
        ];
    }

    /// <summary>How many layers' states the projector reads side by side: one, or as many as are listed.</summary>
    private static int FeatureLayers(TowerConfig config, int whenMissing)
    {
        const string Field = "vision_feature_layer";
        const string ListField = "vision_feature_layers";
        return config.Model.IsList(Field, ListField) ? config.Model.List(Field, ListField)!.Count
            : config.Model.Has(Field, ListField) ? 1
            : whenMissing;
    }
}
