namespace LlmMemory.Models.Blocks;

/// <summary>A normalisation of hidden states.</summary>
/// <param name="Name">Its name in the checkpoint, without <c>.weight</c>.</param>
/// <param name="Size">The elements that it scales.</param>
/// <param name="Kind">Which weights it has.</param>
public sealed record Norm(string Name, int Size, NormKind Kind = NormKind.RmsNorm) : Block
{
    internal override void WriteTensors(TensorScope scope)
    {
        scope.Norm(Name, Size, Kind);
    }
}
