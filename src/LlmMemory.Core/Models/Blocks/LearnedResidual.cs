namespace LlmMemory.Models.Blocks;

/// <summary>
/// LAuReL: a residual of low rank beside attention. Source: transformers, models/gemma3n/modeling_gemma3n.py
/// (Gemma3nTextLaurelBlock).
/// </summary>
/// <param name="HiddenSize">The width of the hidden states.</param>
/// <param name="Rank">The width between its two projections.</param>
public sealed record LearnedResidual(int HiddenSize, int Rank) : Block
{
    internal override void WriteTensors(TensorScope scope)
    {
        var laurel = scope.In("laurel.");
        laurel.Linear(TensorRole.Extra, "linear_left", HiddenSize, Rank);
        laurel.Linear(TensorRole.Extra, "linear_right", Rank, HiddenSize);
        laurel.Norm("post_laurel_norm", HiddenSize, NormKind.RmsNorm);
    }
}
