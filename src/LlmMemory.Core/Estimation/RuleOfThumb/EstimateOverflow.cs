using System;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>The error of inputs that are each legal but whose estimate does not fit 64 bits.</summary>
internal static class EstimateOverflow
{
    public static LlmMemoryException Of(long parameters, DataType dataType, OverflowException overflow)
    {
        return new LlmMemoryException(
            ErrorIds.EstimateOverflow,
            parameters,
            $"The estimate for {ParameterCount.Format(parameters)} parameters in {dataType.Name} does not fit 64 bits "
            + "(9.2e18 bytes). Write a smaller count such as 7B, or a smaller training multiplier such as 4.",
            overflow);
    }

    public static LlmMemoryException Of(LlmModel model, OverflowException overflow)
    {
        return new LlmMemoryException(
            ErrorIds.EstimateOverflow,
            model.Name,
            $"The estimate for {model.Name} does not fit 64 bits (9.2e18 bytes). Write a smaller training multiplier such as 4.",
            overflow);
    }
}
