using LlmMemory.Models;

namespace LlmMemory.Quantization.HuggingFace;

/// <summary>
/// Which weights the quantisations of the Hugging Face world store otherwise: the linear layers of the language model.
/// Embeddings, heads, normalisations, biases, routers, convolutions, recurrent scalars and towers stay (fact: the
/// modules_to_not_convert, ignore and exclude_modules lists of published checkpoints; transformers,
/// quantizers/base.py, keeps the output embedding).
/// </summary>
internal static class StoredWeightRule
{
    /// <summary>True for the weight of a linear layer of the language model or its MTP modules.</summary>
    public static bool IsLinearOfLayer(ModelTensor tensor)
    {
        return tensor.Layer is not null
            && tensor.PartKind is ModelPart.Text or ModelPart.Encoder or ModelPart.Mtp
            && LinearWeights.Contains(tensor)
            && !tensor.KeepsDataType
            && IsLinear(tensor.RoleKind);
    }

    /// <summary>True for the weights of routed experts alone, as gpt-oss stores them.</summary>
    public static bool IsExpert(ModelTensor tensor)
    {
        return tensor.Experts > 0 && IsLinearOfLayer(tensor);
    }

    private static bool IsLinear(TensorRole role)
    {
        return role is TensorRole.AttentionQuery or TensorRole.AttentionQueryDown or TensorRole.AttentionKey
            or TensorRole.AttentionValue or TensorRole.AttentionQueryKeyValue or TensorRole.AttentionLatentDown
            or TensorRole.AttentionLatentUp or TensorRole.AttentionOutput
            or TensorRole.MlpGate or TensorRole.MlpUp or TensorRole.MlpGateUp or TensorRole.MlpDown
            or TensorRole.ExpertGate or TensorRole.ExpertUp or TensorRole.ExpertGateUp or TensorRole.ExpertDown
            or TensorRole.SharedExpertGate or TensorRole.SharedExpertUp or TensorRole.SharedExpertDown
            or TensorRole.RecurrentInput or TensorRole.RecurrentOutput;
    }
}
