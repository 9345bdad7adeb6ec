namespace LlmMemory.Workloads;

/// <summary>A trained tensor, as an optimizer sees it.</summary>
/// <param name="Elements">Its weights.</param>
/// <param name="Rows">Its rows where it is a matrix; of a stack of matrices, those of one.</param>
/// <param name="Columns">Its columns where it is a matrix; 0 for a vector.</param>
/// <param name="ElementBytes">Bytes of a weight.</param>
/// <param name="IsEmbedding">True for the embedding of tokens.</param>
internal readonly record struct TrainedTensor(long Elements, long Rows, long Columns, int ElementBytes, bool IsEmbedding)
{
    /// <summary>True where states of 8 bits are asked for and this tensor keeps 32 nevertheless.</summary>
    public bool KeepsWideStates { get; init; }

    /// <summary>What the weights take.</summary>
    public long Bytes => checked(Elements * ElementBytes);

    /// <summary>True where it is a matrix or a stack of them.</summary>
    public bool IsMatrix => Columns > 0;

    /// <summary>How many matrices it is.</summary>
    public long Matrices => IsMatrix ? Elements / (Rows * Columns) : 0;
}
