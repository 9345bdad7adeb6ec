using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Encoders;

/// <summary>
/// EuroBERT: the layers of Llama that see both ways. Source: transformers,
/// models/eurobert/modular_eurobert.py.
/// </summary>
internal static class EuroBertFamily
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "eurobert")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var task = ModelClass.Task(config);
        var attention = new GroupedQueryAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = dimensions.Heads,
            KeyValueHeads = dimensions.KeyValueHeads,
            HeadSize = dimensions.HeadSize,
            QkvBias = config.Bool(false, "attention_bias"),
            OutputBias = config.Bool(false, "attention_bias"),
        };
        var mlp = new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            Bias = config.Bool(false, "mlp_bias"),
        };
        var model = DecoderFrame.Llama.Around(config, dimensions, _ =>
        [
            new Norm("input_layernorm", dimensions.HiddenSize),
            attention,
            new Norm("post_attention_layernorm", dimensions.HiddenSize),
            mlp,
        ]);
        var frame = model.Sections[0];
        return model with
        {
            Sections =
            [
                new ModelSection
                {
                    Part = ModelPart.Encoder,
                    Prefix = task.Length > 0 ? frame.Prefix : string.Empty,
                    Blocks = frame.Blocks,
                    Layers = frame.Layers,
                    OuterBlocks = Head(dimensions.HiddenSize, task, ModelClass.Labels(config), frame.OuterBlocks),
                },
            ],
        };
    }

    private static IReadOnlyList<Block> Head(int hiddenSize, string task, int labels, IReadOnlyList<Block> languageHead)
    {
        return task switch
        {
            "ForMaskedLM" => languageHead,
            "ForSequenceClassification" =>
            [
                new Linear(TensorRole.Pooler, "dense", hiddenSize, hiddenSize, Bias: true),
                new Linear(TensorRole.Pooler, "out_proj", hiddenSize, labels, Bias: true),
            ],
            "ForTokenClassification" => [new Linear(TensorRole.Pooler, "classifier", hiddenSize, labels, Bias: true)],
            _ => [],
        };
    }
}
