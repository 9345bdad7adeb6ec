namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>
/// The vocabulary as Megatron pads it: to a multiple of 128 for each tensor-parallel rank. Source: NVIDIA/Megatron-LM
/// megatron/training/tokenizer/tokenizer.py (_vocab_size_with_padding), make_vocab_size_divisible_by.
/// </summary>
internal static class PaddedVocabulary
{
    private const long Multiple = 128;

    /// <summary>The rows of embedding and head on all ranks together.</summary>
    /// <param name="vocabulary">The rows that the model has.</param>
    /// <param name="ranks">The tensor-parallel ranks.</param>
    public static long Rows(long vocabulary, int ranks)
    {
        var step = Multiple * ranks;
        return checked((vocabulary + step - 1) / step * step);
    }
}
