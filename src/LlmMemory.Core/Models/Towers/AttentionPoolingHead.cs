using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// SigLIP's pooling head: a learned query that attends to all patches, then a feed-forward network. Wrappers that
/// read every patch have no use for it, but some checkpoints hold it. Source:
/// SiglipMultiheadAttentionPoolingHead, transformers/models/siglip/modeling_siglip.py.
/// </summary>
/// <param name="HiddenSize">The width of the hidden states.</param>
/// <param name="IntermediateSize">The width inside the feed-forward network.</param>
internal sealed record AttentionPoolingHead(int HiddenSize, int IntermediateSize) : Block
{
    internal override void WriteTensors(TensorScope scope)
    {
        var head = scope.In("head.");
        head.Add(TensorRole.Pooler, "probe", 1, 1, HiddenSize);
        head.Add(TensorRole.Pooler, "attention.in_proj_weight", 3L * HiddenSize, HiddenSize);
        head.Add(TensorRole.Pooler, "attention.in_proj_bias", 3L * HiddenSize);
        head.Linear(TensorRole.Pooler, "attention.out_proj", HiddenSize, HiddenSize, bias: true);
        head.Norm("layernorm", HiddenSize, NormKind.LayerNorm);
        head.Linear(TensorRole.Pooler, "mlp.fc1", HiddenSize, IntermediateSize, bias: true);
        head.Linear(TensorRole.Pooler, "mlp.fc2", IntermediateSize, HiddenSize, bias: true);
    }
}
