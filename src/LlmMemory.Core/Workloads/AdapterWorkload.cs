using LlmMemory.DataTypes;

namespace LlmMemory.Workloads;

/// <summary>A LoRA fine-tuning: a frozen base model and a small trained one. What is null was not said.</summary>
public sealed record AdapterWorkload
{
    /// <summary>What is taken when no adapter data type is said: PEFT keeps adapters in 32 bits.</summary>
    public static DataType DefaultAdapterDataType => DataTypeCatalogue.F32;

    /// <summary>The adapter's weights, all of them trained.</summary>
    public required long AdapterParameters { get; init; }

    /// <summary>How the adapter's weights are stored; <see cref="DefaultAdapterDataType"/> when null.</summary>
    public DataType? AdapterDataType { get; init; }

    /// <summary>How the adapter is trained.</summary>
    public TrainingWorkload Training { get; init; } = new();
}
