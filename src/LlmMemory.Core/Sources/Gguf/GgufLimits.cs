namespace LlmMemory.Sources.Gguf;

/// <summary>
/// What no real file comes near. A header may be hostile, so nothing is allocated or walked on the word of a count
/// alone: together these keep reading below header + 64 MiB of memory, and below the time of reading the header once.
/// </summary>
internal static class GgufLimits
{
    /// <summary>Bytes of a header. The largest real ones, with a vocabulary and its merges, have some 30 million.</summary>
    public const long HeaderBytes = 1L << 30;

    /// <summary>Metadata pairs; real files have some dozens.</summary>
    public const int Pairs = 1 << 12;

    /// <summary>Tensors of one file; the largest models have some thousands.</summary>
    public const int Tensors = 1 << 16;

    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 1 << 10;

    /// <summary>Bytes of a tensor's name; ggml itself has room for 64.</summary>
    public const int NameBytes = 1 << 7;

    /// <summary>A text of the metadata is kept up to this length: names are shorter, chat templates are not needed.</summary>
    public const int KeptTextBytes = 1 << 9;

    /// <summary>An array of numbers is kept up to this length: one for each layer. Scores of tokens are only counted.</summary>
    public const int KeptArrayLength = 1 << 12;

    /// <summary>Numbers of all arrays that are kept; a few thousand are real.</summary>
    public const int KeptNumbers = 1 << 18;

    /// <summary>Texts in one array. The largest vocabularies have 300,000 tokens.</summary>
    public const int ArrayTexts = 1 << 24;

    /// <summary>Arrays within arrays; nothing that is known has any.</summary>
    public const int ArrayDepth = 4;

    /// <summary>Lengths of a tensor.</summary>
    public const int Dimensions = 4;

    /// <summary>Parts of a split model; the numbers in their names have five digits.</summary>
    public const int Parts = 1 << 10;
}
