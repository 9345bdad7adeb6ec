using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// The attention of MobileNetV4 and V5: all query heads share one key and one value head, which may be thinned out by
/// a convolution before. Source: MobileAttention, huggingface/pytorch-image-models,
/// timm/models/_efficientnet_blocks.py.
/// </summary>
/// <param name="Channels">The channels that come in and go out.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="HeadSize">The width of a head.</param>
/// <param name="ThinsKeys">True where keys and values are thinned out.</param>
internal sealed record MobileAttention(int Channels, int Heads, int HeadSize, bool ThinsKeys = false) : Block
{
    private const int Kernel = 3;

    internal override void WriteTensors(TensorScope scope)
    {
        var width = (long)Heads * HeadSize;
        scope.Norm("norm", Channels, NormKind.RmsNorm);
        scope.Add(TensorRole.AttentionQuery, "attn.query.proj.weight", width, Channels, 1, 1);
        WriteShared(scope, TensorRole.AttentionKey, "attn.key.");
        WriteShared(scope, TensorRole.AttentionValue, "attn.value.");
        scope.Add(TensorRole.AttentionOutput, "attn.output.proj.weight", Channels, width, 1, 1);
        scope.Add(TensorRole.Extra, "layer_scale.gamma", Channels);
    }

    private void WriteShared(TensorScope scope, TensorRole role, string prefix)
    {
        var head = scope.In(prefix);
        if (ThinsKeys)
        {
            head.Add(TensorRole.AttentionExtra, "down_conv.weight", Channels, 1, Kernel, Kernel);
            head.Norm("norm", Channels, NormKind.RmsNorm);
        }

        head.Add(role, "proj.weight", HeadSize, Channels, 1, 1);
    }
}
