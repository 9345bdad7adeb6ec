using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Models.Reading;

/// <summary>
/// Finds tied weights that lie in the files a second time: they take disk, and neither memory nor parameters. Known
/// cases: Qwen3-0.6B, falcon-7b, and the encoders and decoders of T5 beside their shared embedding.
/// </summary>
internal static class SafetensorsDuplicates
{
    /// <summary>The tensors with second copies marked as such.</summary>
    /// <param name="tensors">The tensors.</param>
    public static IReadOnlyList<ModelTensor> Mark(IReadOnlyList<ModelTensor> tensors)
    {
        var embeddings = tensors.Where(IsEmbedding).ToList();
        var embedding = embeddings.FirstOrDefault(tensor => tensor.Name == "shared.weight") ?? embeddings.FirstOrDefault();
        return embedding is null ? tensors : [.. tensors.Select(tensor => IsCopy(tensor, embedding) ? Duplicate(tensor) : tensor)];
    }

    private static bool IsEmbedding(ModelTensor tensor)
    {
        return tensor.RoleKind == TensorRole.Embedding && tensor.PartKind is ModelPart.Text or ModelPart.Encoder;
    }

    private static bool IsCopy(ModelTensor tensor, ModelTensor embedding)
    {
        var isHead = tensor.RoleKind == TensorRole.Head && tensor.PartKind is ModelPart.Text or ModelPart.Encoder;
        var isStackEmbedding = embedding.Name == "shared.weight" && tensor != embedding
            && tensor.Name.EndsWith("embed_tokens.weight", StringComparison.Ordinal);
        return (isHead || isStackEmbedding) && tensor.Shape.SequenceEqual(embedding.Shape);
    }

    private static ModelTensor Duplicate(ModelTensor tensor)
    {
        return new ModelTensor(tensor.Name, tensor.PartKind, TensorRole.Duplicate, tensor.Layer, tensor.Shape, tensor.StoredAs);
    }
}
