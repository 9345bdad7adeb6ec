namespace LlmMemory.Models.Blocks;

/// <summary>A linear layer on its own: a head, a pooler, a projection between blocks.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Name">Its name in the checkpoint, without <c>.weight</c>.</param>
/// <param name="Inputs">The length of a row.</param>
/// <param name="Outputs">The number of rows.</param>
/// <param name="Bias">True where it adds a bias.</param>
public sealed record Linear(TensorRole Role, string Name, long Inputs, long Outputs, bool Bias = false) : Block
{
    internal override void WriteTensors(TensorScope scope)
    {
        scope.Linear(Role, Name, Inputs, Outputs, Bias);
    }
}
