using LlmMemory.DataTypes;
using LlmMemory.Quantities;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>The rule's formulas, each in words and in the numbers at hand.</summary>
internal static class RuleFormulas
{
    public static string Storage(long parameters, DataType dataType)
    {
        return $"parameters x bytes = {Numbers(parameters, dataType)}";
    }

    public static string WorkingSet(decimal multiplier, long storageBytes)
    {
        return $"(multiplier - 1) x weights = ({TrainingMultiplier.Format(multiplier)} - 1) x {ByteSize.FormatGB(storageBytes)}";
    }

    public static string OptimizerStates(ResolvedTraining training, string numbers)
    {
        return $"{training.Optimizer.Name} states x parameters x bytes = {training.StatesPerParameter} x {numbers}";
    }

    public static string Margin(decimal margin, long subtotalBytes)
    {
        return $"margin x subtotal = {SafetyMargin.Format(margin)} x {ByteSize.FormatGB(subtotalBytes)}";
    }

    public static string Numbers(long parameters, DataType dataType)
    {
        var unit = dataType.BytesPerParameter == 1 ? "byte" : "bytes";
        return $"{ParameterCount.Format(parameters)} x {dataType.BytesText} {unit}";
    }
}
