namespace LlmMemory.Models.Blocks;

/// <summary>How a checkpoint stores the experts of a layer.</summary>
public enum ExpertStorage
{
    /// <summary>Each expert has tensors of its own, as a dense network has: Mixtral, Qwen3, DeepSeek.</summary>
    OneByOne,

    /// <summary>All experts in one tensor, [experts, inputs, outputs]: Llama 4, gpt-oss, Qwen3-VL.</summary>
    StackedByInput,

    /// <summary>All experts in one tensor, [experts, outputs, inputs]: Granite, Qwen3.5.</summary>
    StackedByOutput,

    /// <summary>All experts below each other in one matrix, [experts x width inside, hidden size]: DBRX.</summary>
    Rows,
}
