using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Encoders;

/// <summary>
/// The heads that the classes of transformers put on encoders, by family and task. Sources: the classes of
/// modeling_bert.py, modeling_roberta.py, modeling_electra.py, modeling_mpnet.py, modeling_distilbert.py and
/// modeling_deberta_v2.py under src/transformers/models. A task that is not in the list is the plain model.
/// </summary>
internal static class EncoderHeads
{
    /// <summary>BERT's.</summary>
    public static EncoderHead Bert(string task, EncoderDimensions dimensions, int labels)
    {
        var masked = EncoderHead.MaskedLanguageModel(
            dimensions, "cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm", "cls.predictions.bias");
        var next = new Linear(TensorRole.Pooler, "cls.seq_relationship", dimensions.HiddenSize, 2, Bias: true);
        return task switch
        {
            "ForMaskedLM" => new EncoderHead(false, masked),
            "ForPreTraining" => new EncoderHead(true, [.. masked, next]),
            "ForNextSentencePrediction" => new EncoderHead(true, next),
            "ForSequenceClassification" => new EncoderHead(true, EncoderHead.Classifier(dimensions.HiddenSize, labels)),
            _ => Common(task, dimensions, labels, new EncoderHead(true)),
        };
    }

    /// <summary>RoBERTa's; CamemBERT, XLM-RoBERTa and MPNet have the same.</summary>
    public static EncoderHead Roberta(string task, EncoderDimensions dimensions, int labels)
    {
        return task switch
        {
            "ForMaskedLM" or "ForCausalLM" => new EncoderHead(
                false, EncoderHead.MaskedLanguageModel(dimensions, "lm_head.dense", "lm_head.layer_norm", "lm_head.bias")),
            "ForSequenceClassification" => new EncoderHead(false, Classifier(dimensions, labels)),
            _ => Common(task, dimensions, labels, new EncoderHead(true)),
        };
    }

    /// <summary>ELECTRA's: a generator has a head over the vocabulary, a discriminator one over true and false.</summary>
    public static EncoderHead Electra(string task, EncoderDimensions dimensions, int labels)
    {
        return task switch
        {
            "ForMaskedLM" => new EncoderHead(false, EncoderHead.MaskedLanguageModel(
                dimensions, "generator_predictions.dense", "generator_predictions.LayerNorm", "generator_lm_head.bias")),
            "ForPreTraining" => new EncoderHead(false, EncoderHead.TwoLayerClassifier(
                dimensions.HiddenSize, 1, "discriminator_predictions.dense", "discriminator_predictions.dense_prediction")),
            "ForSequenceClassification" => new EncoderHead(false, Classifier(dimensions, labels)),
            _ => Common(task, dimensions, labels, new EncoderHead(false)),
        };
    }

    /// <summary>DistilBERT's.</summary>
    public static EncoderHead DistilBert(string task, EncoderDimensions dimensions, int labels)
    {
        return task switch
        {
            "ForMaskedLM" => new EncoderHead(false, EncoderHead.MaskedLanguageModel(
                dimensions, "vocab_transform", "vocab_layer_norm", "vocab_projector.bias")),
            "ForSequenceClassification" => new EncoderHead(
                false, EncoderHead.TwoLayerClassifier(dimensions.HiddenSize, labels, "pre_classifier", "classifier")),
            _ => Common(task, dimensions, labels, new EncoderHead(false)),
        };
    }

    /// <summary>DeBERTa's: the plain model has no pooler, the classifier brings one.</summary>
    public static EncoderHead Deberta(string task, EncoderDimensions dimensions, int labels)
    {
        return task switch
        {
            "ForMaskedLM" => new EncoderHead(false, EncoderHead.MaskedLanguageModel(
                dimensions, "cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm", "cls.predictions.bias")),
            "ForSequenceClassification" => new EncoderHead(
                false, EncoderHead.TwoLayerClassifier(dimensions.HiddenSize, labels, "pooler.dense", "classifier")),
            _ => Common(task, dimensions, labels, new EncoderHead(false)),
        };
    }

    private static EncoderHead Common(string task, EncoderDimensions dimensions, int labels, EncoderHead plain)
    {
        return task switch
        {
            "ForTokenClassification" => new EncoderHead(false, EncoderHead.Classifier(dimensions.HiddenSize, labels)),
            "ForQuestionAnswering" => new EncoderHead(false, EncoderHead.Answer(dimensions.HiddenSize)),
            "ForMultipleChoice" => plain with { Blocks = [EncoderHead.Classifier(dimensions.HiddenSize, 1)] },
            _ => plain,
        };
    }

    private static IReadOnlyList<Block> Classifier(EncoderDimensions dimensions, int labels)
    {
        return EncoderHead.TwoLayerClassifier(dimensions.HiddenSize, labels, "classifier.dense", "classifier.out_proj");
    }
}
