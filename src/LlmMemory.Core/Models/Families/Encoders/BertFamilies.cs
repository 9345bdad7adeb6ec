using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Encoders;

/// <summary>
/// BERT and the encoders that are BERT with other names and tables. Sources: modeling_*.py of
/// huggingface/transformers under src/transformers/models/{bert, roberta, xlm_roberta, camembert, electra, mpnet,
/// distilbert, nomic_bert}; for <c>new</c> (GTE 1.5), modeling.py of Alibaba-NLP/new-impl on the hub.
/// </summary>
internal static class BertFamilies
{
    private static readonly EncoderStyle Roberta = EncoderStyle.Bert with
    {
        Prefix = "roberta.",
        PositionOffset = 2,
        Head = EncoderHeads.Roberta,
    };

    private static readonly EncoderStyle Mpnet = Roberta with
    {
        Prefix = "mpnet.",
        TokenTypes = 0,
        Attention = new() { Prefix = "attention.attn.", Query = "q", Key = "k", Value = "v", Output = "o" },
        AttentionNorm = "attention.LayerNorm",
    };

    private static readonly EncoderStyle DistilBert = EncoderStyle.Bert with
    {
        Prefix = "distilbert.",
        LayerPrefix = "transformer.layer.",
        TokenTypes = 0,
        Attention = new() { Prefix = "attention.", Query = "q_lin", Key = "k_lin", Value = "v_lin", Output = "out_lin" },
        AttentionNorm = "sa_layer_norm",
        Mlp = new() { Prefix = "ffn.", Up = "lin1", Down = "lin2" },
        OutputNorm = "output_layer_norm",
        Head = EncoderHeads.DistilBert,
    };

    private static readonly EncoderStyle NomicBert = EncoderStyle.Bert with
    {
        LayerPrefix = "encoder.layers.",
        HasPositions = false,
        EmbeddingNorm = "emb_ln",
        Attention = new() { Prefix = "attn.", QueryKeyValue = "Wqkv", Output = "out_proj" },
        AttentionBias = false,
        AttentionNorm = "norm1",
        Mlp = new() { Gate = "fc12", Up = "fc11", Down = "fc2" },
        IsGated = true,
        MlpBias = false,
        MlpDownBias = false,
        OutputNorm = "norm2",
        Head = (task, dimensions, labels) => EncoderHeads.Bert(task, dimensions, labels) with { HasPooler = false },
    };

    private static readonly EncoderStyle Gte = EncoderStyle.Bert with
    {
        Prefix = "new.",
        HasPositions = false,
        TokenTypes = 0,
        Attention = new() { Prefix = "attention.", QueryKeyValue = "qkv_proj", Output = "o_proj" },
        AttentionNorm = "attn_ln",
        Mlp = new() { GateUp = "up_gate_proj", Down = "down_proj" },
        IsGated = true,
        MlpBias = false,
        OutputNorm = "mlp_ln",
        Head = GteHead,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        Family(EncoderStyle.Bert, "bert"),
        Family(Roberta, "roberta", "xlm-roberta", "camembert"),
        Family(EncoderStyle.Bert with { Prefix = "electra.", Head = EncoderHeads.Electra }, "electra"),
        new(BuildMpnet, "mpnet"),
        Family(DistilBert, "distilbert"),
        Family(NomicBert, "nomic_bert"),
        Family(Gte, "new"),
    ];

    private static ModelFamily Family(EncoderStyle style, params string[] modelTypes)
    {
        return new ModelFamily(config => new EncoderBuilder(config, style).Build(), modelTypes);
    }

    /// <summary>MPNet has one table of relative positions, a bias for each head, that all layers share.</summary>
    private static LanguageModel BuildMpnet(ModelConfig config)
    {
        var builder = new EncoderBuilder(config, Mpnet);
        var buckets = config.OptionalInt("relative_attention_num_buckets") ?? 32;
        return builder.Build(
            [new Weight(TensorRole.PositionEmbedding, "encoder.relative_attention_bias.weight", buckets, builder.Dimensions.Heads)]);
    }

    private static EncoderHead GteHead(string task, EncoderDimensions dimensions, int labels)
    {
        return task switch
        {
            "ForMaskedLM" => new EncoderHead(
                false, EncoderHead.MaskedLanguageModel(dimensions, "lm_head.dense", "lm_head.norm", "lm_head.decoder.bias")),
            "ForSequenceClassification" => new EncoderHead(true, EncoderHead.Classifier(dimensions.HiddenSize, labels)),
            "ForTokenClassification" => new EncoderHead(false, EncoderHead.Classifier(dimensions.HiddenSize, labels)),
            _ => new EncoderHead(false),
        };
    }
}
