namespace LlmMemory.Models.Blocks;

/// <summary>
/// What a layer of Gemma 3n or Gemma 4 does with the embedding that is its own: a gate, a projection back to the hidden
/// size, and a normalisation. Source: transformers, models/gemma3n/modeling_gemma3n.py.
/// </summary>
/// <param name="HiddenSize">The width of the hidden states.</param>
/// <param name="InputSize">The width of the embedding of one layer.</param>
public sealed record PerLayerInput(int HiddenSize, int InputSize) : Block
{
    internal override void WriteTensors(TensorScope scope)
    {
        scope.Linear(TensorRole.Projection, "per_layer_input_gate", HiddenSize, InputSize);
        scope.Linear(TensorRole.Projection, "per_layer_projection", InputSize, HiddenSize);
        scope.Norm("post_per_layer_input_norm", HiddenSize, NormKind.RmsNorm);
    }
}
