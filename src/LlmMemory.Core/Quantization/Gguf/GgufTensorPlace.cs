namespace LlmMemory.Quantization.Gguf;

/// <summary>What the rules of a mixture look at when they choose the type of a tensor.</summary>
/// <param name="Model">What the model is like.</param>
/// <param name="Index">How many tensors of its category came before it.</param>
/// <param name="Count">How many tensors of its category there are; for feed-forward networks, how many layers.</param>
/// <param name="HasImportanceMatrix">True where the mixture is made with one.</param>
internal sealed record GgufTensorPlace(GgufModelTraits Model, int Index, int Count, bool HasImportanceMatrix)
{
    /// <summary>
    /// True in the first eighth, in the last eighth, and in every third place between them. Source:
    /// ggml-org/llama.cpp, src/llama-quant.cpp (use_more_bits).
    /// </summary>
    public bool HasMoreBits => IsInFirst(8) || Index >= 7 * Count / 8 || (Index - (Count / 8)) % 3 == 2;

    /// <summary>True between the first and the last eighth.</summary>
    public bool IsInTheMiddle => !IsInFirst(8) && Index < 7 * Count / 8;

    /// <summary>True in the first part of so many.</summary>
    public bool IsInFirst(int parts)
    {
        return Index < Count / parts;
    }
}
