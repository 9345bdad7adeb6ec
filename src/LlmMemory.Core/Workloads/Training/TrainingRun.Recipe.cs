namespace LlmMemory.Workloads.Training;

/// <content>What a model is trained towards, and what that takes beside it.</content>
public sealed partial record TrainingRun
{
    /// <summary>The recipe; fine-tuning on samples as they are when null.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>The model that a recipe compares with; the recipe's own default when null.</summary>
    public ReferenceModel? ReferenceModel { get; init; }

    /// <summary>GRPO: the tokens of a sample that the model wrote, which have logits.</summary>
    public long? CompletionLength { get; init; }

    /// <summary>GRPO: the bytes of each device that an engine beside the training takes; the Trainer generates itself when null.</summary>
    public long? RolloutMemory { get; init; }
}
