using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// A convolution that widens, and one that narrows again, each with a normalisation. Source: EdgeResidual,
/// huggingface/pytorch-image-models, timm/models/_efficientnet_blocks.py.
/// </summary>
/// <param name="Inputs">The channels that come in.</param>
/// <param name="Outputs">The channels that go out.</param>
internal sealed record EdgeResidual(int Inputs, int Outputs) : Block
{
    private const int Kernel = 3;

    private const int Expansion = 4;

    internal override void WriteTensors(TensorScope scope)
    {
        var middle = (long)Inputs * Expansion;
        scope.Add(TensorRole.MlpUp, "conv_exp.weight", middle, Inputs, Kernel, Kernel);
        scope.Norm("bn1", middle, NormKind.RmsNorm);
        scope.Add(TensorRole.MlpDown, "conv_pwl.weight", Outputs, middle, 1, 1);
        scope.Norm("bn2", Outputs, NormKind.RmsNorm);
    }
}
