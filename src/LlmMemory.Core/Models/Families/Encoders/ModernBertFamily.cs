using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Encoders;

/// <summary>
/// ModernBERT: rotary positions, normalisations before each block, and two layers of three that see a window only.
/// Source: transformers, models/modernbert/modeling_modernbert.py.
/// </summary>
internal static class ModernBertFamily
{
    private static readonly AttentionNames Attention = new() { Prefix = "attn.", QueryKeyValue = "Wqkv", Output = "Wo" };

    private static readonly MlpNames Mlp = new() { GateUp = "Wi", Down = "Wo" };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "modernbert")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = EncoderDimensions.Read(config);
        var task = ModelClass.Task(config);
        var norm = config.Bool(false, "norm_bias") ? NormKind.LayerNorm : NormKind.RmsNorm;
        var encoder = new ModelSection
        {
            Part = ModelPart.Encoder,
            Prefix = task.Length > 0 ? "model." : string.Empty,
            Blocks =
            [
                new Weight(TensorRole.Embedding, "embeddings.tok_embeddings.weight", dimensions.VocabularySize, dimensions.HiddenSize),
                new Norm("embeddings.norm", dimensions.HiddenSize, norm),
                new Norm("final_norm", dimensions.HiddenSize, norm),
            ],
            Layers = [.. Enumerable.Range(0, dimensions.Layers).Select(index => new ModelLayer(index, Layer(config, dimensions, index, norm)))],
            OuterBlocks = Head(config, dimensions, task, norm),
        };
        return new LanguageModel
        {
            HiddenSize = dimensions.HiddenSize,
            VocabularySize = dimensions.VocabularySize,
            ContextLength = dimensions.Positions,
            TiesEmbeddings = true,
            Sections = [encoder],
        };
    }

    private static IReadOnlyList<Block> Layer(ModelConfig config, EncoderDimensions dimensions, int index, NormKind norm)
    {
        var bias = config.Bool(false, "attention_bias");
        var isGlobal = index % (config.OptionalInt("global_attn_every_n_layers") ?? 3) == 0;
        var attention = new GroupedQueryAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = dimensions.Heads,
            KeyValueHeads = dimensions.Heads,
            HeadSize = dimensions.HeadSize,
            QkvBias = bias,
            OutputBias = bias,
            Window = isGlobal ? null : config.OptionalInt("local_attention") ?? 128,
            Names = Attention,
        };
        var mlp = new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            Bias = config.Bool(false, "mlp_bias"),
            Names = Mlp,
        };

        // The embedding is normalised already, so the first layer's attention has no normalisation before it.
        return
        [
            new Norm("attn_norm", dimensions.HiddenSize, index == 0 ? NormKind.None : norm),
            attention,
            new Norm("mlp_norm", dimensions.HiddenSize, norm),
            mlp,
        ];
    }

    private static IReadOnlyList<Block> Head(ModelConfig config, EncoderDimensions dimensions, string task, NormKind norm)
    {
        var hiddenSize = dimensions.HiddenSize;
        IReadOnlyList<Block> last = task switch
        {
            "ForMaskedLM" => config.Bool(true, "decoder_bias")
                ? [new Weight(TensorRole.Head, "decoder.bias", dimensions.VocabularySize)]
                : [],
            "ForSequenceClassification" or "ForTokenClassification" => [EncoderHead.Classifier(hiddenSize, ModelClass.Labels(config))],
            "ForQuestionAnswering" => [EncoderHead.Classifier(hiddenSize, 2)],
            _ => [],
        };
        var role = task == "ForMaskedLM" ? TensorRole.Head : TensorRole.Pooler;
        var bias = config.Bool(false, "classifier_bias");
        return task.Length == 0 || (last.Count == 0 && task != "ForMaskedLM")
            ? []
            : [new Linear(role, "head.dense", hiddenSize, hiddenSize, bias), new Norm("head.norm", hiddenSize, norm), .. last];
    }
}
