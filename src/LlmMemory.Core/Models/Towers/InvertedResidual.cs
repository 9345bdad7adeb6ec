using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// The universal inverted residual of MobileNetV4 and V5: a convolution for each channel, one that widens, again one
/// for each channel, and one that narrows, each with a normalisation; the first and the third may be missing. Source:
/// UniversalInvertedResidual, huggingface/pytorch-image-models, timm/models/_efficientnet_blocks.py.
/// </summary>
/// <param name="Inputs">The channels that come in.</param>
/// <param name="Outputs">The channels that go out.</param>
/// <param name="Expansion">How many times as wide it is inside.</param>
/// <param name="StartKernel">The side of the first convolution, 0 where there is none.</param>
/// <param name="MiddleKernel">The side of the third convolution, 0 where there is none.</param>
internal sealed record InvertedResidual(int Inputs, int Outputs, int Expansion, int StartKernel = 0, int MiddleKernel = 0) : Block
{
    /// <summary>What the names of its tensors start with.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>True where its output is scaled, channel by channel.</summary>
    public bool HasLayerScale { get; init; } = true;

    internal override void WriteTensors(TensorScope scope)
    {
        var block = scope.In(Prefix);
        var middle = (long)Inputs * Expansion;
        WritePerChannel(block, "dw_start", Inputs, StartKernel);
        block.Add(TensorRole.MlpUp, "pw_exp.conv.weight", middle, Inputs, 1, 1);
        block.Norm("pw_exp.bn", middle, NormKind.RmsNorm);
        WritePerChannel(block, "dw_mid", middle, MiddleKernel);
        block.Add(TensorRole.MlpDown, "pw_proj.conv.weight", Outputs, middle, 1, 1);
        block.Norm("pw_proj.bn", Outputs, NormKind.RmsNorm);
        if (HasLayerScale)
        {
            block.Add(TensorRole.Extra, "layer_scale.gamma", Outputs);
        }
    }

    private static void WritePerChannel(TensorScope block, string name, long channels, int kernel)
    {
        if (kernel > 0)
        {
            block.Add(TensorRole.Extra, name + ".conv.weight", channels, 1, kernel, kernel);
            block.Norm(name + ".bn", channels, NormKind.RmsNorm);
        }
    }
}
