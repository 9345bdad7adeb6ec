using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Encoder-decoders: totals of the hub's safetensors metadata, and what the two halves share.</summary>
public sealed class EncoderDecoderFamilyTests
{
    private const string T5Small =
        """
        "model_type": "t5", "d_model": 512, "d_ff": 2048, "num_heads": 8, "d_kv": 64, "num_layers": 6,
        "vocab_size": 32128, "n_positions": 512
        """;

    private const string T5Xxl =
        """
        "model_type": "t5", "d_model": 4096, "d_ff": 10240, "num_heads": 64, "d_kv": 64, "num_layers": 24,
        "vocab_size": 32128, "feed_forward_proj": "gated-gelu", "tie_word_embeddings": false
        """;

    private const string WhisperTiny =
        """
        "model_type": "whisper", "d_model": 384, "encoder_layers": 4, "decoder_layers": 4, "encoder_ffn_dim": 1536,
        "decoder_ffn_dim": 1536, "encoder_attention_heads": 6, "decoder_attention_heads": 6, "vocab_size": 51865,
        "num_mel_bins": 80, "max_source_positions": 1500, "max_target_positions": 448
        """;

    /// <summary>Repository, configuration, total of the hub's metadata.</summary>
    public static TheoryData<string, string, long> PublishedTotals => new()
    {
        { "google-t5/t5-small", T5Small, 60_506_624 },
        { "google/flan-t5-xxl", T5Xxl, 11_135_332_352 },
        {
            "google-t5/t5-11b",
            """
            "model_type": "t5", "d_model": 1024, "d_ff": 65536, "num_heads": 128, "d_kv": 128, "num_layers": 24,
            "vocab_size": 32128
            """,
            11_307_321_344
        },
        { "google/t5-v1_1-xxl, the encoder alone", T5Xxl + """, "architectures": ["T5EncoderModel"]""", 4_762_310_656 },
        {
            "google/mt5-base",
            """
            "model_type": "mt5", "d_model": 768, "d_ff": 2048, "num_heads": 12, "d_kv": 64, "num_layers": 12,
            "num_decoder_layers": 12, "vocab_size": 250112, "feed_forward_proj": "gated-gelu"
            """,
            582_401_280
        },
        {
            "google/umt5-xxl, the encoder alone",
            """
            "model_type": "umt5", "architectures": ["UMT5EncoderModel"], "d_model": 4096, "d_ff": 10240, "num_heads": 64,
            "d_kv": 64, "num_layers": 24, "vocab_size": 256384, "feed_forward_proj": "gated-gelu"
            """,
            5_680_910_336
        },
        {
            "facebook/bart-large",
            """
            "model_type": "bart", "d_model": 1024, "encoder_layers": 12, "decoder_layers": 12, "encoder_ffn_dim": 4096,
            "decoder_ffn_dim": 4096, "encoder_attention_heads": 16, "decoder_attention_heads": 16, "vocab_size": 50265,
            "max_position_embeddings": 1024
            """,
            406_291_456
        },
        { "openai/whisper-tiny", WhisperTiny, 37_760_640 },
        {
            "openai/whisper-large-v3-turbo",
            """
            "model_type": "whisper", "d_model": 1280, "encoder_layers": 32, "decoder_layers": 4, "encoder_ffn_dim": 5120,
            "decoder_ffn_dim": 5120, "encoder_attention_heads": 20, "decoder_attention_heads": 20, "vocab_size": 51866,
            "num_mel_bins": 128, "max_source_positions": 1500, "max_target_positions": 448
            """,
            808_878_080
        },
    };

    /// <summary>
    /// Relatives of BART, with counts worked out from the classes of transformers by hand. That of mBART is also what
    /// num_parameters() gives in public training logs; for the others no total was found to compare with.
    /// </summary>
    public static TheoryData<string, string, long> Relatives => new()
    {
        {
            "facebook/mbart-large-50",
            """
            "model_type": "mbart", "d_model": 1024, "encoder_layers": 12, "decoder_layers": 12, "encoder_ffn_dim": 4096,
            "decoder_ffn_dim": 4096, "encoder_attention_heads": 16, "decoder_attention_heads": 16, "vocab_size": 250054,
            "max_position_embeddings": 1024
            """,
            610_879_488
        },
        {
            "facebook/m2m100_418M",
            """
            "model_type": "m2m_100", "d_model": 1024, "encoder_layers": 12, "decoder_layers": 12, "encoder_ffn_dim": 4096,
            "decoder_ffn_dim": 4096, "encoder_attention_heads": 16, "decoder_attention_heads": 16, "vocab_size": 128112,
            "max_position_embeddings": 1024
            """,
            483_905_536
        },
        {
            "Helsinki-NLP/opus-mt-en-de",
            """
            "model_type": "marian", "d_model": 512, "encoder_layers": 6, "decoder_layers": 6, "encoder_ffn_dim": 2048,
            "decoder_ffn_dim": 2048, "encoder_attention_heads": 8, "decoder_attention_heads": 8, "vocab_size": 58101,
            "max_position_embeddings": 512
            """,
            74_410_496
        },
        {
            "google/pegasus-xsum",
            """
            "model_type": "pegasus", "d_model": 1024, "encoder_layers": 16, "decoder_layers": 16, "encoder_ffn_dim": 4096,
            "decoder_ffn_dim": 4096, "encoder_attention_heads": 16, "decoder_attention_heads": 16, "vocab_size": 96103,
            "max_position_embeddings": 512
            """,
            569_748_480
        },
    };

    [Theory]
    [MemberData(nameof(PublishedTotals))]
    [MemberData(nameof(Relatives))]
    public void An_encoder_decoder_has_its_total(string repository, string fields, long total)
    {
        var model = ModelReader.FromConfig("{" + fields + "}");

        Assert.Equal((repository, total), (repository, model.Parameters));
        Assert.Equal(total, model.TextParameters);
    }

    [Fact]
    public void A_decoder_layer_sees_its_own_tokens_and_the_encoders()
    {
        var model = ModelReader.FromConfig("{" + WhisperTiny + "}");

        Assert.Equal(["Full", "Cross"], model.Layers![0].Mixers.Select(mixer => mixer.Kind));
        var encoder = model.Architecture!.Sections.Single(section => section.Part == ModelPart.Encoder);
        Assert.All(encoder.Layers, layer => Assert.Equal(["Full"], layer.Mixers.Select(mixer => mixer.Kind)));
        var cross = model.Layers[0].Mixers.OfType<CrossAttention>().Single().Projections;
        Assert.Equal((6, 64), (cross.KeyValueHeads, cross.HeadSize));
    }

    [Fact]
    public void Whisper_has_no_bias_on_its_keys()
    {
        var names = ModelReader.FromConfig("{" + WhisperTiny + "}").Tensors.Select(tensor => tensor.Name).ToList();

        Assert.Contains("model.decoder.layers.3.encoder_attn.q_proj.bias", names);
        Assert.DoesNotContain(names, name => name.EndsWith("k_proj.bias", System.StringComparison.Ordinal));
    }

    [Fact]
    public void T5_has_relative_positions_in_the_first_layer_and_UMT5_in_all()
    {
        const string Name = "relative_attention_bias.weight";
        var t5 = ModelReader.FromConfig("{" + T5Small + "}");
        var umt5 = ModelReader.FromConfig("{" + T5Small.Replace("\"t5\"", "\"umt5\"") + "}");

        Assert.Equal(2, t5.Tensors.Count(tensor => tensor.Name.EndsWith(Name, System.StringComparison.Ordinal)));
        Assert.Equal(12, umt5.Tensors.Count(tensor => tensor.Name.EndsWith(Name, System.StringComparison.Ordinal)));
        Assert.Equal(10 * 32 * 8, umt5.Parameters - t5.Parameters);
    }

    [Fact]
    public void Tensors_of_T5_are_called_as_the_checkpoint_calls_them()
    {
        var names = ModelReader.FromConfig("{" + T5Small + "}").Tensors.Select(tensor => tensor.Name).ToList();

        Assert.Contains("shared.weight", names);
        Assert.Contains("encoder.block.0.layer.0.SelfAttention.q.weight", names);
        Assert.Contains("decoder.block.5.layer.1.EncDecAttention.o.weight", names);
        Assert.Contains("decoder.block.5.layer.2.DenseReluDense.wi.weight", names);
        Assert.Contains("decoder.final_layer_norm.weight", names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }
}
