using System;

namespace LlmMemory.Workloads;

/// <summary>What an optimizer keeps for a trained tensor, and what a step needs for a moment.</summary>
internal sealed record OptimizerStates
{
    // bitsandbytes, optim/optimizer.py (min_8bit_size) and torchao, optim/subclass_8bit.py: smaller tensors stay as they are.
    private const long SmallTensor = 4096;

    /// <summary>Bytes that are kept for a tensor from the first step on.</summary>
    public required Func<TrainedTensor, long> Kept { get; init; }

    /// <summary>Bytes that are there while the optimizer steps.</summary>
    public Func<TrainedTensor, long> Transient { get; init; } = _ => 0;

    /// <summary>How they come about, for a formula: <c>2 moments in the type of the weights</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Where that is written.</summary>
    public required string Source { get; init; }

    /// <summary>True where each gradient is used as soon as it is there, so that all of them are never there together.</summary>
    public bool StepsInBackward { get; init; }

    /// <summary>True where pages of the states may move to the host when the device is full.</summary>
    public bool IsPaged { get; init; }

    /// <summary>A number of values for each weight, in the type of the weights.</summary>
    public static OptimizerStates Moments(int count, string source)
    {
        return new()
        {
            Kept = tensor => checked(count * tensor.Bytes),
            Description = count switch { 0 => "no states", 1 => "1 value in the type of the weights", _ => $"{count} values in the type of the weights" },
            Source = source,
        };
    }

    /// <summary>A number of values of 8 bits for each weight, with a scale of 4 bytes for each block of them.</summary>
    /// <param name="count">Values for each weight.</param>
    /// <param name="bits">Bits of a value.</param>
    /// <param name="blockSize">Values that share a scale.</param>
    /// <param name="source">Where that is written.</param>
    public static OptimizerStates Quantized(int count, int bits, int blockSize, string source)
    {
        return new()
        {
            Kept = tensor => tensor.Elements < SmallTensor || tensor.KeepsWideStates
                ? checked(4 * count * tensor.Elements)
                : checked(count * ((tensor.Elements * bits / 8) + (4 * Ceiling(tensor.Elements, blockSize)))),
            Description = $"{count} values of {bits} bits with a scale of 4 bytes for each {blockSize}; tensors below {SmallTensor} elements keep 32 bits",
            Source = source,
        };
    }

    /// <summary>A sum for each row and each column of a matrix, and a value for each element of a vector, in 32 bits.</summary>
    public static OptimizerStates Factored(string source)
    {
        return new()
        {
            Kept = tensor => checked(4 * (tensor.IsMatrix ? tensor.Matrices * (tensor.Rows + tensor.Columns) : tensor.Elements)),
            Description = "a value of 32 bits for each row and each column",
            Source = source,
        };
    }

    /// <summary>Matrices in one way, embeddings and vectors as AdamW has them.</summary>
    public static OptimizerStates MatricesOnly(Func<TrainedTensor, long> matrix, string description, string source)
    {
        return new()
        {
            Kept = tensor => tensor.IsMatrix && !tensor.IsEmbedding ? matrix(tensor) : checked(2 * tensor.Bytes),
            Description = description + "; AdamW's two for embeddings and vectors",
            Source = source,
        };
    }

    private static long Ceiling(long dividend, long divisor)
    {
        return (dividend + divisor - 1) / divisor;
    }
}
