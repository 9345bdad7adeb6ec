using System;
using LlmMemory.DataTypes;
using LlmMemory.Models;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>The weights that the rule multiplies: their bytes, and how those come about.</summary>
/// <param name="Bytes">S, the storage.</param>
/// <param name="Formula">Where S comes from, in words and numbers.</param>
/// <param name="Numbers">The numbers alone, as a factor in other formulas.</param>
internal sealed record StoredWeights(long Bytes, Func<string> Formula, Func<string> Numbers)
{
    /// <summary>A count of weights, each as wide as its data type says.</summary>
    public static StoredWeights Counted(long parameters, DataType dataType)
    {
        return new StoredWeights(
            dataType.GetBytes(parameters),
            () => RuleFormulas.Storage(parameters, dataType),
            () => RuleFormulas.Numbers(parameters, dataType));
    }

    /// <summary>The tensors of a known model, each as it is stored.</summary>
    public static StoredWeights Of(LlmModel model)
    {
        return new StoredWeights(
            model.WeightBytes,
            () => $"sum over {model.Tensors.Count} tensors = {ByteSize.FormatGB(model.WeightBytes)}",
            () => ByteSize.FormatGB(model.WeightBytes));
    }
}
