namespace LlmMemory.Models.Blocks;

/// <summary>
/// AltUp: a layer works on one of several hidden states of each token, and from it the others are predicted and
/// corrected. Source: transformers, models/gemma3n/modeling_gemma3n.py (Gemma3nTextAltUp).
/// </summary>
/// <param name="HiddenSize">The width of one hidden state.</param>
/// <param name="Inputs">How many hidden states a token has.</param>
public sealed record AlternatingUpdates(int HiddenSize, int Inputs) : Block
{
    internal override void WriteTensors(TensorScope scope)
    {
        var altup = scope.In("altup.");
        altup.Add(TensorRole.Extra, "correct_output_scale", HiddenSize);
        altup.Linear(TensorRole.Extra, "correction_coefs", Inputs, Inputs);
        altup.Linear(TensorRole.Extra, "prediction_coefs", Inputs, (long)Inputs * Inputs);
        altup.Linear(TensorRole.Extra, "modality_router", HiddenSize, Inputs);
        altup.Norm("router_norm", HiddenSize, NormKind.RmsNorm);
    }
}
