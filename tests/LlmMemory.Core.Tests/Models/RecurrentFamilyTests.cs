using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Models with recurrent layers: published totals, and the state that a sequence carries.</summary>
public sealed class RecurrentFamilyTests
{
    private const string Qwen27B =
        """
        "model_type": "qwen3_5_text", "hidden_size": 5120, "num_hidden_layers": 64, "num_attention_heads": 24,
        "num_key_value_heads": 4, "head_dim": 256, "intermediate_size": 17408, "vocab_size": 248320,
        "tie_word_embeddings": false, "linear_num_key_heads": 16, "linear_num_value_heads": 48,
        "linear_key_head_dim": 128, "linear_value_head_dim": 128, "linear_conv_kernel_dim": 4,
        "full_attention_interval": 4, "attn_output_gate": true, "mtp_num_hidden_layers": 1
        """;

    private const string FalconH1 =
        """
        "model_type": "falcon_h1", "hidden_size": 1024, "num_hidden_layers": 36, "num_attention_heads": 8,
        "num_key_value_heads": 2, "head_dim": 64, "intermediate_size": 2048, "vocab_size": 32784,
        "mamba_d_ssm": 1536, "mamba_n_heads": 24, "mamba_d_head": 64, "mamba_d_state": 128, "mamba_n_groups": 1,
        "mamba_d_conv": 4, "mamba_rms_norm": false, "tie_word_embeddings": false
        """;

    private const string Zamba2 =
        """
        "model_type": "zamba2", "hidden_size": 64, "num_hidden_layers": 6, "vocab_size": 100, "num_attention_heads": 4,
        "intermediate_size": 128, "mamba_d_state": 16, "mamba_d_conv": 4, "n_mamba_heads": 8, "num_mem_blocks": 2,
        "adapter_rank": 8, "layers_block_type": ["mamba", "hybrid", "hybrid", "mamba", "hybrid", "hybrid"]
        """;

    /// <summary>Repository, configuration, total of the hub's metadata.</summary>
    public static TheoryData<string, string, long> PublishedTotals => new()
    {
        {
            "state-spaces/mamba-130m-hf",
            """
            "model_type": "mamba", "hidden_size": 768, "num_hidden_layers": 24, "intermediate_size": 1536,
            "state_size": 16, "conv_kernel": 4, "time_step_rank": "auto", "vocab_size": 50280
            """,
            129_135_360
        },
        {
            "RWKV/rwkv-4-169m-pile",
            """
            "model_type": "rwkv", "hidden_size": 768, "num_hidden_layers": 12, "attention_hidden_size": 768,
            "intermediate_size": 3072, "vocab_size": 50277, "tie_word_embeddings": false
            """,
            169_342_464
        },
        {
            "ibm-ai-platform/Bamba-9B-v1",
            """
            "model_type": "bamba", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
            "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256, "mamba_n_heads": 128,
            "mamba_d_head": "auto", "mamba_d_state": 128, "mamba_n_groups": 1, "mamba_d_conv": 4, "mamba_expand": 2,
            "attn_layer_indices": [9, 18, 27], "tie_word_embeddings": false
            """,
            9_780_235_392
        },
        {
            "tiiuae/Falcon-H1-0.5B-Base",
            FalconH1,
            521_411_104
        },
        {
            "LiquidAI/LFM2-1.2B",
            """
            "model_type": "lfm2", "hidden_size": 2048, "num_hidden_layers": 16, "num_attention_heads": 32,
            "num_key_value_heads": 8, "vocab_size": 65536, "full_attn_idxs": [2, 5, 8, 10, 12, 14], "conv_L_cache": 3,
            "block_ff_dim": 12288, "block_auto_adjust_ff_dim": true, "block_ffn_dim_multiplier": 1.0,
            "block_multiple_of": 256
            """,
            1_170_340_608
        },
        {
            // The total of the repository is 27,781,427,952 with the vision tower's 460,730,096.
            "Qwen/Qwen3.5-27B, language model and drafting module", Qwen27B, 26_895_998_464 + 424_699_392
        },
    };

    [Theory]
    [MemberData(nameof(PublishedTotals))]
    public void A_model_with_recurrent_layers_has_its_published_total(string repository, string fields, long total)
    {
        var model = ModelReader.FromConfig("{" + fields + "}");

        Assert.Equal((repository, total), (repository, model.Parameters));
        var names = model.Tensors.Select(tensor => tensor.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Falcon_Mamba_is_Mamba_with_a_head_of_its_own()
    {
        // tiiuae/falcon-mamba-7b; worked out from the class in transformers by hand: 2VH + H + L (H + the mixer).
        var model = ModelReader.FromConfig(
            """
            {"model_type": "falcon_mamba", "hidden_size": 4096, "num_hidden_layers": 64, "intermediate_size": 8192,
             "state_size": 16, "conv_kernel": 4, "time_step_rank": 256, "vocab_size": 65024, "tie_word_embeddings": false}
            """);

        Assert.Equal(7_272_665_088, model.Parameters);
    }

    [Fact]
    public void Drafting_modules_are_counted_apart()
    {
        // Qwen/Qwen3.5-27B: 26,895,998,464 of the language model, 424,699,392 of the module.
        var model = ModelReader.FromConfig("{" + Qwen27B + "}");

        Assert.Equal(26_895_998_464, model.TextParameters);
        Assert.Equal(424_699_392, model.MtpParameters);
        Assert.Equal([5120, 10240], model.Tensors.Single(tensor => tensor.Name == "mtp.fc.weight").Shape);
    }

    [Fact]
    public void The_state_of_a_gated_delta_net_is_what_llama_cpp_allocates()
    {
        // llama.cpp's log for Qwen3.6-27B with 4 sequences: recurrent state of 598.50 MiB, all of it in F32, with the
        // convolution's last inputs kept less the present one.
        var layers = ModelReader.FromConfig("{" + Qwen27B + "}").Layers!;
        var delta = layers.SelectMany(layer => layer.Mixers).OfType<GatedDeltaNet>().ToList();

        var elements = delta.Sum(mixer => mixer.StateElements + (mixer.ConvolutionChannels * (mixer.ConvolutionKernel - 1)));

        Assert.Equal(48, delta.Count);
        Assert.Equal(598.5, 4 * elements * sizeof(float) / 1048576.0);
    }

    [Fact]
    public void The_state_of_a_state_space_is_its_channels_times_its_state_size()
    {
        var mamba = Mixer<Mamba2>(
            """
            "model_type": "mamba2", "hidden_size": 4096, "num_hidden_layers": 1, "num_heads": 128, "head_dim": 64,
            "n_groups": 8, "state_size": 128, "conv_kernel": 4, "vocab_size": 32768
            """);

        // mistralai/Mamba-Codestral-7B-v0.1: conv state (10240, 4), ssm state (128, 64, 128) in transformers.
        Assert.Equal(128 * 64 * 128, mamba.StateElements);
        Assert.Equal((10_240, 4), (mamba.ConvolutionChannels, mamba.ConvolutionKernel));
    }

    [Fact]
    public void RWKV_4_carries_five_vectors()
    {
        var layer = ModelReader.FromConfig(
            """{"model_type": "rwkv", "hidden_size": 768, "num_hidden_layers": 1, "vocab_size": 50277}""").Layers![0];
        var time = layer.Mixers.OfType<Rwkv4TimeMix>().Single();
        var channel = Assert.IsType<Rwkv4ChannelMix>(layer.FeedForward);

        // transformers keeps a state of five vectors a layer: numerator, denominator, exponent, and two last inputs.
        var elements = time.StateElements + (time.ConvolutionChannels * (time.ConvolutionKernel - 1)) + channel.HiddenSize;
        Assert.Equal(5 * 768, elements);
    }

    [Theory]
    [InlineData(12, 768, 64, 64, 32, 128)]
    [InlineData(24, 2048, 96, 96, 64, 256)]
    public void RWKV_7_follows_its_closed_form(int layers, int width, int decay, int rate, int value, int gate)
    {
        // The sizes of RWKV7-World3 0.1B and 1.5B.
        const long Vocabulary = 65536;
        var model = ModelReader.FromConfig(
            $$"""
            {"model_type": "rwkv7", "hidden_size": {{width}}, "num_hidden_layers": {{layers}}, "head_dim": 64,
             "decay_low_rank_dim": {{decay}}, "a_low_rank_dim": {{rate}}, "v_low_rank_dim": {{value}},
             "gate_low_rank_dim": {{gate}}, "intermediate_size": {{4 * width}}, "vocab_size": {{Vocabulary}}}
            """);

        // 2DV + 4D + LD (12D + 2 (d_w + d_a + d_v + d_g) + 19) - (2 D d_v + D): the first layer has no value residual.
        var expected = (2 * width * Vocabulary) + (4 * width)
            + ((long)layers * width * ((12 * width) + (2 * (decay + rate + value + gate)) + 19))
            - ((2 * width * value) + width);
        Assert.Equal(expected, model.Parameters);
        Assert.Equal(width * 64, model.Layers![0].Mixers.OfType<Rwkv7TimeMix>().Single().StateElements);
    }

    [Fact]
    public void RecurrentGemma_has_attention_over_a_window_in_every_third_layer()
    {
        // google/recurrentgemma-2b; the sizes of config.json.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "recurrent_gemma", "hidden_size": 2560, "num_hidden_layers": 26, "num_attention_heads": 10,
             "num_key_value_heads": 1, "head_dim": 256, "intermediate_size": 15360, "vocab_size": 256000,
             "lru_width": 2560, "conv1d_width": 4, "block_types": ["recurrent", "recurrent", "attention"]}
            """);

        // The count of the closed form; the repository publishes no exact total.
        Assert.Equal(2_682_862_080, model.Parameters);
        Assert.Equal(8, model.Layers!.Count(layer => layer.Mixers.Single().Kind == "SlidingWindow"));
        Assert.Equal(2560, model.Layers![0].Mixers.OfType<RealGatedRecurrence>().Single().StateElements);
    }

    [Fact]
    public void Falcon_H1_has_attention_and_a_state_space_side_by_side()
    {
        var layers = ModelReader.FromConfig("{" + FalconH1 + "}").Layers!;

        Assert.All(layers, layer => Assert.Equal(["Mamba2", "Full"], layer.Mixers.Select(mixer => mixer.Kind)));
    }

    [Fact]
    public void Zamba2_stores_a_shared_block_once_and_uses_it_in_turn()
    {
        var model = ModelReader.FromConfig("{" + Zamba2 + "}");
        var queries = model.Tensors.Where(tensor => tensor.Name.Contains("q_proj")).Select(tensor => tensor.Name);
        var adapters = model.Tensors.Where(tensor => tensor.Name.Contains("adapter_list")).Select(tensor => tensor.Name);

        // Two blocks, brought by the first two hybrid layers, with an adapter for each of the four uses.
        Assert.Equal(
            ["model.layers.1.shared_transformer.self_attn.q_proj.weight", "model.layers.2.shared_transformer.self_attn.q_proj.weight"],
            queries);
        Assert.Equal(8, adapters.Count());
        Assert.Contains("model.layers.1.shared_transformer.feed_forward.gate_up_proj_adapter_list.2.0.weight", adapters);
        Assert.Equal(4, model.Layers!.Count(layer => layer.Mixers.Any(mixer => mixer.Kind == "Full")));
        Assert.All(model.Layers!, layer => Assert.Contains(layer.Mixers, mixer => mixer.Kind == "Mamba2"));
    }

    [Fact]
    public void OLMo_Hybrid_takes_what_its_configuration_leaves_out_from_the_hidden_size()
    {
        // allenai/Olmo-Hybrid-7B: key heads of 0.75 * 3840 / 30 = 96, value heads twice as wide.
        var delta = Mixer<GatedDeltaNet>(
            """
            "model_type": "olmo_hybrid", "vocab_size": 100352, "hidden_size": 3840, "intermediate_size": 11008,
            "num_hidden_layers": 32, "num_attention_heads": 30
            """);

        Assert.Equal((30, 96, 192), (delta.KeyHeads, delta.KeyHeadSize, delta.ValueHeadSize));
    }

    private static T Mixer<T>(string fields)
    {
        return ModelReader.FromConfig("{" + fields + "}").Layers![0].Mixers.OfType<T>().First();
    }
}
