using System;
using LlmMemory.Models;

namespace LlmMemory.Quantization;

/// <summary>
/// Which tensors a quantiser takes for weights of linear layers. Embeddings, normalisations, biases, convolutions and
/// everything of one dimension are none. Sources: transformers/quantizers (modules that are nn.Linear), and what
/// published checkpoints keep: routers, and the joints of multi-token prediction.
/// </summary>
internal static class LinearWeights
{
    /// <summary>True for the weight of a linear layer, or for the stacked weights of experts.</summary>
    /// <param name="tensor">The tensor.</param>
    public static bool Contains(ModelTensor tensor)
    {
        return tensor.RoleKind switch
        {
            // The biases of stacked experts have two dimensions as well: gpt-oss' gate_up_proj_bias.
            TensorRole.ExpertGate or TensorRole.ExpertUp or TensorRole.ExpertGateUp or TensorRole.ExpertDown =>
                tensor.Shape.Count >= 2 && !tensor.Name.EndsWith("bias", StringComparison.Ordinal),
            TensorRole.Embedding or TensorRole.PositionEmbedding or TensorRole.Norm or TensorRole.RecurrentConvolution
                or TensorRole.RecurrentExtra or TensorRole.PatchEmbedding or TensorRole.Extra or TensorRole.Scale
                or TensorRole.Buffer or TensorRole.Duplicate or TensorRole.AdapterDown or TensorRole.AdapterUp => false,
            TensorRole.PerLayerEmbedding => IsMatrix(tensor) && tensor.Layer is not null,
            _ => IsMatrix(tensor),
        };
    }

    /// <summary>
    /// True where quantisers that are told nothing about a module convert it: no router, no head, no joint of
    /// multi-token prediction that is one matrix, no small projection of an indexer and no compressor of tokens, which
    /// engines keep in full precision. The elements of each type that the hub counts in DeepSeek-V3 and V4-Flash
    /// agree to the last one.
    /// </summary>
    /// <param name="tensor">The weight of a linear layer.</param>
    public static bool IsConvertedByDefault(ModelTensor tensor)
    {
        return tensor.RoleKind switch
        {
            TensorRole.Router or TensorRole.Head or TensorRole.Pooler => false,
            TensorRole.Projection => tensor.PartKind != ModelPart.Mtp || IsHalfOfJoint(tensor.Name),
            TensorRole.Indexer => !tensor.Name.EndsWith("weights_proj.weight", StringComparison.Ordinal) && !IsCompressor(tensor.Name),
            TensorRole.AttentionExtra => !IsCompressor(tensor.Name),
            _ => true,
        };
    }

    // DeepSeek-V4 joins embedding and hidden state by two matrices, where V3 has one.
    private static bool IsHalfOfJoint(string name)
    {
        return name.EndsWith(".e_proj.weight", StringComparison.Ordinal) || name.EndsWith(".h_proj.weight", StringComparison.Ordinal);
    }

    private static bool IsCompressor(string name)
    {
        return name.IndexOf(".compressor.", StringComparison.Ordinal) >= 0;
    }

    private static bool IsMatrix(ModelTensor tensor)
    {
        return tensor.Shape.Count == 2 && tensor.Name.EndsWith(".weight", StringComparison.Ordinal);
    }
}
