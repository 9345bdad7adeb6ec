using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Encoders of BERT's kind: totals of the hub's safetensors metadata, and heads by the class that the configuration names.</summary>
public sealed class EncoderFamilyTests
{
    private const string BertBase =
        """
        "model_type": "bert", "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12,
        "intermediate_size": 3072, "vocab_size": 30522, "max_position_embeddings": 512, "type_vocab_size": 2
        """;

    private const string ModernBertBase =
        """
        "model_type": "modernbert", "hidden_size": 768, "num_hidden_layers": 22, "num_attention_heads": 12,
        "intermediate_size": 1152, "vocab_size": 50368, "max_position_embeddings": 8192, "local_attention": 128,
        "global_attn_every_n_layers": 3
        """;

    /// <summary>Rows of the catalogue whose total on the hub is equal to the last digit: repository, configuration, total.</summary>
    public static TheoryData<string, string, long> PublishedTotals => new()
    {
        { "google-bert/bert-base-uncased", BertBase, 109_482_240 },
        {
            "FacebookAI/xlm-roberta-large",
            """
            "model_type": "xlm-roberta", "hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16,
            "intermediate_size": 4096, "vocab_size": 250002, "max_position_embeddings": 514, "type_vocab_size": 1
            """,
            559_890_432
        },
        {
            "sentence-transformers/all-mpnet-base-v2",
            """
            "model_type": "mpnet", "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12,
            "intermediate_size": 3072, "vocab_size": 30527, "max_position_embeddings": 514
            """,
            109_486_464
        },
        {
            "distilbert/distilbert-base-uncased",
            """
            "model_type": "distilbert", "dim": 768, "n_layers": 6, "n_heads": 12, "hidden_dim": 3072,
            "vocab_size": 30522, "max_position_embeddings": 512
            """,
            66_362_880
        },
        { "answerdotai/ModernBERT-base", ModernBertBase, 149_014_272 },
        {
            "nomic-ai/nomic-embed-text-v1.5",
            """
            "model_type": "nomic_bert", "n_embd": 768, "n_layer": 12, "n_head": 12, "n_inner": 3072,
            "vocab_size": 30528, "type_vocab_size": 2, "n_positions": 8192
            """,
            136_731_648
        },
        {
            "Alibaba-NLP/gte-large-en-v1.5",
            """
            "model_type": "new", "hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16,
            "intermediate_size": 4096, "vocab_size": 30528, "type_vocab_size": 2, "max_position_embeddings": 8192
            """,
            434_139_136
        },
        {
            "jinaai/jina-embeddings-v5-text-nano",
            """
            "model_type": "eurobert", "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12,
            "num_key_value_heads": 12, "head_dim": 64, "intermediate_size": 3072, "vocab_size": 128256
            """,
            211_766_016
        },
        {
            // The total of the repository is that of a classifier: encoder 183,831,552, context pooler and two classes.
            "microsoft/deberta-v3-base",
            """
            "model_type": "deberta-v2", "architectures": ["DebertaV2ForSequenceClassification"], "hidden_size": 768,
            "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072, "vocab_size": 128100,
            "max_position_embeddings": 512, "type_vocab_size": 0, "relative_attention": true, "position_buckets": 256,
            "position_biased_input": false, "share_att_key": true, "norm_rel_ebd": "layer_norm", "pos_att_type": "p2c|c2p"
            """,
            184_423_682
        },
        {
            // The same for the reranker: a classifier of two layers and one class in the place of the pooler.
            "BAAI/bge-reranker-v2-m3",
            """
            "model_type": "xlm-roberta", "architectures": ["XLMRobertaForSequenceClassification"], "hidden_size": 1024,
            "num_hidden_layers": 24, "num_attention_heads": 16, "intermediate_size": 4096, "vocab_size": 250002,
            "max_position_embeddings": 8194, "type_vocab_size": 1, "id2label": {"0": "LABEL_0"}
            """,
            567_755_777
        },
    };

    [Theory]
    [MemberData(nameof(PublishedTotals))]
    public void An_encoder_has_the_total_of_the_hub(string repository, string fields, long total)
    {
        var model = ModelReader.FromConfig("{" + fields + "}");

        Assert.Equal((repository, total), (repository, model.Parameters));
        Assert.Equal(total, model.TextParameters);
        Assert.All(model.Tensors, tensor => Assert.Equal(nameof(ModelPart.Encoder), tensor.Part));
    }

    [Theory]
    [InlineData("BertModel", 109_482_240)]
    [InlineData("BertForMaskedLM", 109_514_298)] // num_parameters() of that class for bert-base-uncased, in public notebooks
    [InlineData("BertForPreTraining", 110_106_428)] // the hub's total of bert-base-uncased with all its heads
    [InlineData("BertForSequenceClassification", 109_483_778)]
    [InlineData("BertForTokenClassification", 108_893_186)]
    public void What_stands_on_BERT_follows_the_class_that_the_configuration_names(string modelClass, long total)
    {
        var model = ModelReader.FromConfig($$"""{ {{BertBase}}, "architectures": ["{{modelClass}}"] }""");

        Assert.Equal(total, model.Parameters);
    }

    [Fact]
    public void ModernBERT_with_its_language_head_has_the_total_of_its_repository()
    {
        // answerdotai/ModernBERT-base: 149,014,272 of the encoder and 640,960 of ModernBertForMaskedLM's head.
        var model = ModelReader.FromConfig($$"""{ {{ModernBertBase}}, "architectures": ["ModernBertForMaskedLM"] }""");

        Assert.Equal(149_655_232, model.Parameters);
    }

    [Fact]
    public void ModernBERT_sees_everything_in_every_third_layer_from_the_first()
    {
        var model = ModelReader.FromConfig("{" + ModernBertBase + "}");

        var kinds = model.Layers!.Take(6).Select(layer => layer.Mixers.Single().Kind);
        Assert.Equal(["Full", "SlidingWindow", "SlidingWindow", "Full", "SlidingWindow", "SlidingWindow"], kinds);
    }

    [Fact]
    public void ELECTRA_projects_a_narrower_embedding_to_the_hidden_size()
    {
        // google/electra-small-discriminator.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "electra", "architectures": ["ElectraForPreTraining"], "hidden_size": 256, "embedding_size": 128,
             "num_hidden_layers": 12, "num_attention_heads": 4, "intermediate_size": 1024, "vocab_size": 30522,
             "max_position_embeddings": 512, "type_vocab_size": 2}
            """);

        var shapes = model.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);
        Assert.Equal([30522, 128], shapes["electra.embeddings.word_embeddings.weight"]);
        Assert.Equal([256, 128], shapes["electra.embeddings_project.weight"]);
        Assert.Equal([1, 256], shapes["discriminator_predictions.dense_prediction.weight"]);
        Assert.DoesNotContain("electra.pooler.dense.weight", shapes.Keys);
    }

    [Fact]
    public void Tensors_are_called_as_the_checkpoint_calls_them()
    {
        var model = ModelReader.FromConfig($$"""{ {{BertBase}}, "architectures": ["BertForMaskedLM"] }""");

        // As in the header of google-bert/bert-base-uncased, but for gamma and beta of its older norms.
        var names = model.Tensors.Select(tensor => tensor.Name).ToList();
        Assert.Contains("bert.embeddings.word_embeddings.weight", names);
        Assert.Contains("bert.encoder.layer.11.attention.self.query.bias", names);
        Assert.Contains("bert.encoder.layer.0.attention.output.LayerNorm.weight", names);
        Assert.Contains("bert.encoder.layer.0.intermediate.dense.weight", names);
        Assert.Contains("cls.predictions.transform.dense.weight", names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Property]
    public Property BERT_follows_the_closed_form_for_any_dimensions()
    {
        var dimensions = Gen.Choose(1, 64).Four().Select(four => (Heads: four.Item1, HeadSize: four.Item2, Layers: four.Item3, Vocabulary: four.Item4));
        return Prop.ForAll(dimensions.ToArbitrary(), sizes =>
        {
            var (heads, headSize, layers, vocabulary) = sizes;
            var width = (long)heads * headSize;
            var inner = 3 * width;
            var model = ModelReader.FromConfig(
                $$"""
                {"model_type": "bert", "hidden_size": {{width}}, "num_hidden_layers": {{layers}}, "vocab_size": {{vocabulary}},
                 "num_attention_heads": {{heads}}, "intermediate_size": {{inner}}, "max_position_embeddings": 16}
                """);

            // (V + P + T) H + 2H + L (4 (H^2 + H) + 2HI + I + H + 4H) + H^2 + H
            var expected = ((vocabulary + 16 + 2) * width) + (2 * width)
                + (layers * ((4 * ((width * width) + width)) + (2 * width * inner) + inner + width + (4 * width)))
                + (width * width) + width;
            return model.Parameters == expected;
        });
    }
}
