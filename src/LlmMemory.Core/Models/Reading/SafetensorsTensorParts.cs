using System;

namespace LlmMemory.Models.Reading;

/// <summary>
/// The part of a model that a tensor belongs to, by the modules around it. Source: huggingface/transformers,
/// src/transformers/models/*/modeling_*.py, and the names that repositories with code of their own use.
/// </summary>
internal static class SafetensorsTensorParts
{
    private static readonly string[] Projectors =
    [
        "multi_modal_projector", "mm_projector", "connector", "aligner", "resampler", "mlp1", "embed_vision", "embed_audio",
        "audio_projector", "vision_projector", "img_projection", "vision_adapter", "vision_language_adapter", "patch_merger",
        "audio_projection", "vision_projection", "image_newline",
    ];

    private static readonly string[] Vision =
    [
        "vision_tower", "vision_model", "visual", "vision_encoder", "vision_embed_tokens", "vision_backbone", "vpm", "vit",
        "img_processor",
    ];

    private static readonly string[] Audio = ["audio_tower", "audio_model", "audio_encoder", "audio_embed", "speech_encoder", "apm"];

    private static readonly string[] Mtp = ["mtp", "mtp_layers", "mtp_block", "mtp_emb_norm", "mtp_hidden_norm", "mtp_linear_proj", "nextn"];

    /// <summary>The part.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="layers">The layers of the language model; further ones draft tokens. Null where that is not known.</param>
    public static ModelPart Find(SafetensorsTensorName name, int? layers)
    {
        return name.Has(Projectors) ? ModelPart.Projector
            : name.Has(Vision) ? ModelPart.Vision
            : name.Has(Audio) ? ModelPart.Audio
            : name.Has(Mtp) || IsDraftLayer(name, layers) ? ModelPart.Mtp
            : IsEncoder(name) ? ModelPart.Encoder
            : ModelPart.Text;
    }

    private static bool IsDraftLayer(SafetensorsTensorName name, int? layers)
    {
        return name.Layer >= layers && name.Pattern.IndexOf("model.layers.", StringComparison.Ordinal) >= 0;
    }

    private static bool IsEncoder(SafetensorsTensorName name)
    {
        return name.Steps[0] is "encoder" or "bert" or "roberta" or "distilbert" or "deberta"
            || (name.Steps.Count > 1 && name.Steps[1] == "encoder");
    }
}
