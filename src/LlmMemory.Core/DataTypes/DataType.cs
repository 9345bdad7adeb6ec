using System;
using System.Collections.Generic;
using System.Globalization;
using LlmMemory.Naming;

namespace LlmMemory.DataTypes;

/// <summary>
/// How a weight is stored. Weights come in blocks; a block holds the codes of its weights and whatever they share
/// (scales, minima, zero points), so that the bits per weight are the true ones. A plain type is a block of one
/// weight that shares nothing.
/// </summary>
public sealed class DataType : INamed
{
    internal DataType(
        string name, string description, int blockWeights, int codeBits, int scaleBits, params string[] aliases)
    {
        Name = name;
        BlockWeights = blockWeights;
        BlockCodeBits = codeBits;
        BlockScaleBits = scaleBits;
        Aliases = aliases;
        BytesText = string.Format(CultureInfo.InvariantCulture, "{0:0.######}", BytesPerParameter);
        Description = $"{description}, {BytesText} {(BytesPerParameter == 1 ? "byte" : "bytes")} per parameter";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Weights in one block.</summary>
    public int BlockWeights { get; }

    /// <summary>Bits that the codes of one block's weights take.</summary>
    public int BlockCodeBits { get; }

    /// <summary>Bits that one block's scales, minima and zero points take.</summary>
    public int BlockScaleBits { get; }

    /// <summary>Bits per weight, scales included.</summary>
    public double BitsPerWeight => (BlockCodeBits + BlockScaleBits) / (double)BlockWeights;

    /// <summary>Bytes per weight, scales included.</summary>
    public double BytesPerParameter => BitsPerWeight / 8;

    /// <summary>True for types whose codes take four bits or fewer, the bases that make LoRA a QLoRA.</summary>
    public bool IsFourBitOrLess => BlockCodeBits <= 4 * BlockWeights;

    /// <summary>The bytes per weight as a formula shows them.</summary>
    internal string BytesText { get; }

    /// <summary>
    /// The bytes that a count of weights takes: blocks x bits per block / 8, a started block and a started byte
    /// counted whole.
    /// </summary>
    /// <param name="parameters">The count of weights.</param>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public long GetBytes(long parameters)
    {
        var blocks = CeilingDivide(parameters, BlockWeights);
        var blockBits = BlockCodeBits + BlockScaleBits;

        // Whole bytes first: multiplying by bits would overflow eight times sooner.
        return checked((blocks / 8 * blockBits) + CeilingDivide(blocks % 8 * blockBits, 8));
    }

    /// <summary>
    /// The bytes that one tensor takes: blocks run along the innermost length, so that each row starts a block of its
    /// own.
    /// </summary>
    /// <param name="shape">The tensor's lengths, outermost first.</param>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public long GetBytes(IReadOnlyList<long> shape)
    {
        var rows = 1L;
        for (var i = 0; i < shape.Count - 1; i++)
        {
            rows = checked(rows * shape[i]);
        }

        var columns = shape.Count == 0 ? 1 : shape[shape.Count - 1];
        var rowWeights = checked(CeilingDivide(columns, BlockWeights) * BlockWeights);
        return GetBytes(checked(rows * rowWeights));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Name;
    }

    private static long CeilingDivide(long dividend, int divisor)
    {
        return (dividend / divisor) + (dividend % divisor == 0 ? 0 : 1);
    }
}
