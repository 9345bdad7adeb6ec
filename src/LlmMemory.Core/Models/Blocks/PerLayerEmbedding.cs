namespace LlmMemory.Models.Blocks;

/// <summary>
/// An embedding for each layer beside that of the model, all layers' in one table, and what makes the same of the
/// model's embedding. Source: transformers, models/gemma3n/modeling_gemma3n.py.
/// </summary>
public sealed record PerLayerEmbedding : Block
{
    /// <summary>The rows of the table.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The width of the embedding of one layer.</summary>
    public required int InputSize { get; init; }

    /// <summary>The layers.</summary>
    public required int Layers { get; init; }

    internal override void WriteTensors(TensorScope scope)
    {
        var width = (long)Layers * InputSize;
        scope.Add(TensorRole.PerLayerEmbedding, "embed_tokens_per_layer.weight", VocabularySize, width);
        scope.Linear(TensorRole.Projection, "per_layer_model_projection", HiddenSize, width);
        scope.Norm("per_layer_projection_norm", InputSize, NormKind.RmsNorm);
    }
}
