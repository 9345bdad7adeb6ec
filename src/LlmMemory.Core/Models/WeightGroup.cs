using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Quantities;

namespace LlmMemory.Models;

/// <summary>
/// The tensors of a model that have something in common, a role or a data type, and what they add up to. Copies of tied
/// weights belong to none: they are not loaded.
/// </summary>
public sealed class WeightGroup
{
    private WeightGroup(string name, IReadOnlyList<ModelTensor> tensors, long total)
    {
        Name = name;
        Bytes = tensors.Sum(tensor => tensor.Bytes);
        Parameters = tensors.Sum(tensor => tensor.Parameters);
        Tensors = tensors.Sum(tensor => tensor.Count);
        DataTypes = string.Join(", ", tensors.Select(tensor => tensor.DataType).Distinct(StringComparer.Ordinal));
        Percent = total == 0 ? 0 : 100.0 * Bytes / total;
    }

    /// <summary>What they have in common: <c>Attention</c>, <c>Experts</c>, <c>Scales</c>; or <c>BF16</c>, <c>F8_E4M3</c>.</summary>
    public string Name { get; }

    /// <summary>What they take.</summary>
    public long Bytes { get; }

    /// <summary>The same in GB (1e9 bytes).</summary>
    public double GB => ByteSize.ToGB(Bytes);

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double GiB => ByteSize.ToGiB(Bytes);

    /// <summary>Their share of the model's bytes, in percent.</summary>
    public double Percent { get; }

    /// <summary>The weights of the model that they hold; 0 for scales.</summary>
    public long Parameters { get; }

    /// <summary>How many tensors they are.</summary>
    public long Tensors { get; }

    /// <summary>The data types that they are stored in, with commas between them.</summary>
    public string DataTypes { get; }

    /// <summary>The group in a few words: <c>Attention 2.684 GB</c>.</summary>
    public override string ToString()
    {
        return string.Format(CultureInfo.InvariantCulture, "{0} {1:0.000} GB", Name, GB);
    }

    /// <summary>The groups of a model's tensors, the largest first; together they are its bytes.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="nameOf">What a tensor's group is called.</param>
    internal static WeightGroup[] Group(TensorInventory tensors, Func<ModelTensor, string> nameOf)
    {
        var loaded = tensors.Where(tensor => tensor.RoleKind != TensorRole.Duplicate).ToList();
        var total = loaded.Sum(tensor => tensor.Bytes);
        return
        [
            .. loaded
                .GroupBy(nameOf, StringComparer.Ordinal)
                .Select(group => new WeightGroup(group.Key, [.. group], total))
                .OrderByDescending(group => group.Bytes),
        ];
    }
}
