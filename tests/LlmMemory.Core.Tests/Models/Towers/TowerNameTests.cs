using System.Linq;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models.Towers;

/// <summary>Tensors are called what the checkpoints call them: lists of modules to skip or to adapt match on names.</summary>
public sealed class TowerNameTests
{
    [Theory]
    [InlineData("llava-hf/llava-1.5-13b-hf", "language_model.model.embed_tokens.weight", "language_model.lm_head.weight",
        "vision_tower.vision_model.encoder.layers.23.self_attn.out_proj.bias", "multi_modal_projector.linear_2.weight")]
    [InlineData("llava-hf/llama3-llava-next-8b-hf", "language_model.model.layers.0.mlp.up_proj.weight", "image_newline",
        "vision_tower.vision_model.pre_layrnorm.weight", "vision_tower.vision_model.embeddings.class_embedding")]
    [InlineData("google/gemma-3-27b-it", "language_model.model.norm.weight", "multi_modal_projector.mm_input_projection_weight",
        "multi_modal_projector.mm_soft_emb_norm.weight", "vision_tower.vision_model.encoder.layers.26.mlp.fc2.bias")]
    [InlineData("google/gemma-4-31B", "model.language_model.layers.0.self_attn.q_proj.weight", "lm_head.weight",
        "model.vision_tower.encoder.layers.26.self_attn.o_proj.linear.weight", "model.embed_vision.embedding_projection.weight")]
    [InlineData("google/gemma-3n-E4B-it", "model.vision_tower.timm_model.blocks.2.9.attn.key.down_conv.weight",
        "model.audio_tower.conformer.11.attention.attn.q_proj.weight", "model.embed_audio.embedding.weight",
        "model.vision_tower.timm_model.msfa.ffn.pw_proj.bn.weight")]
    [InlineData("Qwen/Qwen2.5-VL-3B-Instruct", "model.layers.0.input_layernorm.weight", "lm_head.weight",
        "visual.blocks.31.attn.qkv.bias", "visual.merger.mlp.2.weight")]
    [InlineData("Qwen/Qwen3-VL-8B-Instruct", "model.language_model.embed_tokens.weight", "lm_head.weight",
        "model.visual.deepstack_merger_list.2.norm.bias", "model.visual.merger.linear_fc1.weight")]
    [InlineData("mistralai/Mistral-Small-3.1-24B-Instruct-2503", "language_model.model.norm.weight",
        "vision_tower.transformer.layers.23.feed_forward.gate_proj.weight", "multi_modal_projector.patch_merger.merging_layer.weight",
        "vision_tower.patch_conv.weight")]
    [InlineData("meta-llama/Llama-4-Maverick-17B-128E-Instruct", "language_model.lm_head.weight",
        "vision_model.model.layers.33.self_attn.o_proj.bias", "vision_model.vision_adapter.mlp.fc2.weight",
        "multi_modal_projector.linear_1.weight")]
    [InlineData("meta-llama/Llama-3.2-11B-Vision-Instruct", "language_model.model.norm.weight",
        "vision_model.global_transformer.layers.7.gate_ffn", "vision_model.gated_positional_embedding.tile_embedding.weight",
        "multi_modal_projector.bias")]
    [InlineData("OpenGVLab/InternVL2_5-78B", "language_model.model.norm.weight", "vision_model.encoder.layers.44.attn.q_norm.weight",
        "vision_model.encoder.layers.0.ls2", "mlp1.3.bias")]
    [InlineData("OpenGVLab/InternVL3-8B-hf", "vision_tower.encoder.layer.23.attention.projection_layer.bias",
        "vision_tower.encoder.layer.0.lambda_1", "multi_modal_projector.layer_norm.bias", "vision_tower.embeddings.cls_token")]
    [InlineData("moonshotai/Kimi-K2.5", "language_model.model.norm.weight", "vision_tower.encoder.blocks.26.wqkv.bias",
        "vision_tower.patch_embed.pos_emb.weight", "mm_projector.proj.2.weight")]
    [InlineData("zai-org/GLM-4.5V", "model.language_model.norm.weight", "model.visual.downsample.bias",
        "model.visual.blocks.23.mlp.gate_proj.weight", "model.visual.merger.post_projection_norm.bias")]
    [InlineData("HuggingFaceTB/SmolVLM-256M-Instruct", "model.text_model.norm.weight", "lm_head.weight",
        "model.vision_model.post_layernorm.weight", "model.connector.modality_projection.proj.weight")]
    [InlineData("microsoft/Phi-3.5-vision-instruct", "model.norm.weight", "model.vision_embed_tokens.img_projection.2.bias",
        "model.vision_embed_tokens.img_processor.vision_model.post_layernorm.bias", "model.vision_embed_tokens.sub_GN")]
    [InlineData("Qwen/Qwen2-Audio-7B-Instruct", "language_model.lm_head.weight", "audio_tower.layers.31.self_attn.v_proj.bias",
        "audio_tower.embed_positions.weight", "multi_modal_projector.linear.bias")]
    public void The_whole_has_the_names_of_its_checkpoint(string model, params string[] names)
    {
        var tensors = ModelReader.FromConfig(TowerCase.Of(model).ToConfig().ToJsonString()).Tensors;

        Assert.Empty(names.Except(tensors.Select(tensor => tensor.Name)));
    }

    [Fact]
    public void Whispers_keys_have_no_bias()
    {
        var tower = TowerCase.Of("Qwen/Qwen2-Audio-7B-Instruct");

        var tensors = ModelReader.FromConfig(tower.ToConfig().ToJsonString()).Tensors;

        Assert.DoesNotContain(tensors, tensor => tensor.Name == "audio_tower.layers.0.self_attn.k_proj.bias");
    }

    [Fact]
    public void Siglip_has_its_pooling_head_unless_its_configuration_says_no()
    {
        // transformers/models/siglip/modeling_siglip.py: 'True if not hasattr(config, "vision_use_head")'. The head of
        // so400m: probe, attention with biases, LayerNorm, feed-forward network.
        const long Head = 1152 + (1152 * 3456) + 3456 + (1152 * 1152) + 1152 + (2 * 1152) + (2 * 1152 * 4304) + 4304 + 1152;
        var config = TowerCase.Of("llava-hf/llava-onevision-qwen2-7b-ov-hf").ToConfig();
        var without = ModelReader.FromConfig(config.ToJsonString()).VisionParameters;

        config["vision_config"]!.AsObject().Remove("vision_use_head");
        var with = ModelReader.FromConfig(config.ToJsonString());

        Assert.Equal(without + Head, with.VisionParameters);
        Assert.Contains(with.Tensors, tensor => tensor.Name == "vision_tower.vision_model.head.attention.in_proj_weight");
    }
}
