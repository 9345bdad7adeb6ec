using System;
using System.Collections.Generic;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// What the configuration classes of towers say for fields that a vision_config or audio_config leaves out. Sources:
/// configuration_*.py of each model under transformers/models, and of the checkpoints that bring their own
/// (intern_vit_6b, moonvit).
/// </summary>
internal static class TowerDefaults
{
    /// <summary>The large CLIP for images of 336 pixels, which some models name without spelling it out.</summary>
    public const string ClipLarge336 = "openai/clip-vit-large-patch14-336";

    private static readonly ClassDefaults Table = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["clip_vision_model"] = """
            {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12,
             "num_channels": 3, "image_size": 224, "patch_size": 32}
            """,
        [ClipLarge336] = """
            {"hidden_size": 1024, "intermediate_size": 4096, "num_hidden_layers": 24, "num_attention_heads": 16,
             "num_channels": 3, "image_size": 336, "patch_size": 14}
            """,
        ["siglip_vision_model"] = """
            {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12,
             "num_channels": 3, "image_size": 224, "patch_size": 16}
            """,
        ["siglip2_vision_model"] = """
            {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12,
             "num_channels": 3, "num_patches": 256, "patch_size": 16}
            """,
        ["idefics3_vision"] = """
            {"hidden_size": 1152, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 16,
             "num_channels": 3, "image_size": 224, "patch_size": 32}
            """,
        ["pixtral"] = """
            {"hidden_size": 1024, "intermediate_size": 4096, "num_hidden_layers": 24, "num_attention_heads": 16,
             "num_channels": 3, "image_size": 1024, "patch_size": 16}
            """,
        ["qwen2_vl"] = """
            {"depth": 32, "embed_dim": 1280, "hidden_size": 3584, "mlp_ratio": 4, "num_heads": 16, "in_channels": 3,
             "patch_size": 14, "spatial_merge_size": 2, "temporal_patch_size": 2}
            """,
        ["qwen2_5_vl"] = """
            {"depth": 32, "hidden_size": 3584, "intermediate_size": 3420, "num_heads": 16, "in_channels": 3,
             "patch_size": 14, "spatial_merge_size": 2, "temporal_patch_size": 2, "out_hidden_size": 3584}
            """,
        ["qwen3_vl"] = """
            {"depth": 27, "hidden_size": 1152, "intermediate_size": 4304, "num_heads": 16, "in_channels": 3,
             "patch_size": 16, "spatial_merge_size": 2, "temporal_patch_size": 2, "out_hidden_size": 3584,
             "num_position_embeddings": 2304, "deepstack_visual_indexes": [8, 16, 24]}
            """,
        ["qwen3_5"] = """
            {"depth": 27, "hidden_size": 1152, "intermediate_size": 4304, "num_heads": 16, "in_channels": 3,
             "patch_size": 16, "spatial_merge_size": 2, "temporal_patch_size": 2, "out_hidden_size": 3584,
             "num_position_embeddings": 2304}
            """,
        ["llama4_vision_model"] = """
            {"hidden_size": 768, "intermediate_size": 5632, "num_hidden_layers": 34, "num_attention_heads": 16,
             "num_channels": 3, "image_size": 448, "patch_size": 14, "vision_output_dim": 7680,
             "projector_input_dim": 4096, "projector_output_dim": 4096}
            """,
        ["mllama_vision_model"] = """
            {"hidden_size": 1280, "intermediate_size": 5120, "num_hidden_layers": 32, "num_global_layers": 8,
             "attention_heads": 16, "num_channels": 3, "image_size": 448, "patch_size": 14, "vision_output_dim": 7680,
             "max_num_tiles": 4,
             "supported_aspect_ratios": [[1, 1], [1, 2], [1, 3], [1, 4], [2, 1], [2, 2], [3, 1], [4, 1]]}
            """,
        ["glm4v"] = """
            {"depth": 24, "hidden_size": 1536, "num_heads": 12, "in_channels": 3, "image_size": 336, "patch_size": 14,
             "spatial_merge_size": 2, "temporal_patch_size": 1, "out_hidden_size": 4096, "intermediate_size": 13696}
            """,
        ["internvl_vision"] = """
            {"hidden_size": 1024, "intermediate_size": 4096, "num_hidden_layers": 24, "num_attention_heads": 16,
             "num_channels": 3, "image_size": [448, 448], "patch_size": [14, 14], "norm_type": "layer_norm"}
            """,
        ["intern_vit_6b"] = """
            {"hidden_size": 3200, "intermediate_size": 12800, "num_hidden_layers": 48, "num_attention_heads": 25,
             "num_channels": 3, "image_size": 224, "patch_size": 14, "norm_type": "rms_norm", "qkv_bias": false,
             "qk_normalization": true}
            """,
        ["moonvit"] = """
            {"hidden_size": 1152, "intermediate_size": 4304, "num_hidden_layers": 27, "num_attention_heads": 16,
             "patch_size": 14, "init_pos_emb_height": 64, "init_pos_emb_width": 64, "merge_kernel_size": [2, 2]}
            """,
        ["gemma3n_vision"] = """
            {"architecture": "mobilenetv5_300m_enc", "hidden_size": 2048, "vocab_size": 128}
            """,
        ["gemma3n_audio"] = """
            {"hidden_size": 1536, "vocab_size": 128, "input_feat_size": 128, "conf_num_attention_heads": 8,
             "conf_num_hidden_layers": 12, "conf_conv_kernel_size": 5, "sscp_conv_channel_size": [128, 32]}
            """,
        ["gemma4_vision"] = """
            {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 16, "num_attention_heads": 12,
             "num_key_value_heads": 12, "head_dim": 64, "patch_size": 16, "position_embedding_size": 10240}
            """,
        ["gemma4_audio"] = """
            {"hidden_size": 1024, "num_hidden_layers": 12, "num_attention_heads": 8, "conv_kernel_size": 5,
             "subsampling_conv_channels": [128, 32], "use_clipped_linears": true, "output_proj_dims": 1536}
            """,
        ["qwen2_audio_encoder"] = """
            {"d_model": 1280, "encoder_layers": 32, "encoder_attention_heads": 20, "encoder_ffn_dim": 5120,
             "num_mel_bins": 128, "max_source_positions": 1500}
            """,
        ["voxtral_encoder"] = """
            {"hidden_size": 1280, "intermediate_size": 5120, "num_hidden_layers": 32, "num_attention_heads": 20,
             "num_mel_bins": 128, "max_source_positions": 1500}
            """,
    });

    /// <summary>A tower's configuration with what its class says for the fields that it leaves out.</summary>
    /// <param name="tower">The configuration.</param>
    /// <param name="typeWhenMissing">The model_type that names its class when it does not say one itself.</param>
    public static ModelConfig Complete(ModelConfig tower, string typeWhenMissing)
    {
        var own = tower.ModelType;
        return Table.Complete(tower, Table.Has(own) ? own : typeWhenMissing);
    }

    /// <summary>The large CLIP's configuration.</summary>
    public static ModelConfig ReadClipLarge336()
    {
        return Table.Find(ClipLarge336)!;
    }
}
