using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Phi-3-Vision and Phi-3.5-Vision: the large CLIP, whose dimensions the model's code holds and its configuration
/// only names, patches joined two by two, two linear layers, and two vectors that separate rows and images. Source:
/// image_embedding_phi3_v.py of microsoft/Phi-3.5-vision-instruct.
/// </summary>
internal static class Phi3VisionModels
{
    private const string Prefix = "model.vision_embed_tokens.";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } = [new(Build, "phi3_v") { TextModelType = "phi3" }];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var processor = config.Model.Nested("img_processor") ?? throw TowerErrors.Missing(config.Model, "img_processor");
        if (processor.Text("name") != "clip_vision_model")
        {
            throw TowerErrors.Unknown(config.Model, "img_processor", processor.Text("name"));
        }

        var encoder = ClipTower.Build(TowerDefaults.ReadClipLarge336(), Prefix + "img_processor.");
        return [encoder.Section, Projectors.Of(Prefix, Projector(config, processor))];
    }

    private static IReadOnlyList<Block> Projector(TowerConfig config, ModelConfig processor)
    {
        const int JoinedPatches = 4;
        var layer = config.Model.Nested("embd_layer") ?? throw TowerErrors.Missing(config.Model, "embd_layer");
        if (layer.OptionalText("projection_cls") != "mlp" || !layer.Bool(false, "use_hd_transform"))
        {
            throw TowerErrors.Unknown(config.Model, "embd_layer", layer.OptionalText("projection_cls") ?? string.Empty);
        }

        var joined = (long)processor.Int("image_dim_out") * JoinedPatches;
        var layers = Projectors.TwoLayers(
            joined, config.TextHiddenSize, config.TextHiddenSize, bias: true, "img_projection.0", "img_projection.2");
        return layer.Bool(false, "with_learnable_separator")
            ? [.. layers, new Weight(TensorRole.Extra, "glb_GN", 1, 1, joined), new Weight(TensorRole.Extra, "sub_GN", 1, 1, 1, joined)]
            : layers;
    }
}
