using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Commands;

/// <content>What a model is trained towards, and what that takes beside it.</content>
public abstract partial class EstimateCommand
{
    /// <summary>What the model is trained towards.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: what the model is trained towards: SFT, DPO, ORPO, Reward, GRPO. SFT when not said.")]
    [NamedTransformation(typeof(Recipe))]
    [ArgumentCompleter(typeof(SettingCompleter<Recipe>))]
    public NamedArgument<Recipe>[] Recipe { get; set; } = [new(null)];

    /// <summary>The model that the recipe compares with.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "DPO and GRPO: the model that is compared with: Frozen, or None where log-probabilities were computed before or beta is 0. Frozen for DPO, None for GRPO when not said.")]
    [NamedTransformation(typeof(ReferenceModel))]
    [ArgumentCompleter(typeof(SettingCompleter<ReferenceModel>))]
    public NamedArgument<ReferenceModel>[] ReferenceModel { get; set; } = [new(null)];

    /// <summary>The tokens that the model writes.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "GRPO: the tokens of a sample that the model writes: 512 or 4k. 512 when not said, at most what the sample leaves.")]
    [TokenCountTransformation(nameof(CompletionLength), "512")]
    [ArgumentCompleter(typeof(ContextLengthCompleter))]
    public TokenCountArgument[] CompletionLength { get; set; } = [new(null, nameof(CompletionLength), "512")];

    /// <summary>What the engine that generates takes of each device.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "GRPO: what a vLLM beside the training takes of each device, vllm_gpu_memory_utilization x its memory: 24GB. The Trainer generates itself when not said.")]
    [DeviceMemoryTransformation]
    [ArgumentCompleter(typeof(DeviceMemoryCompleter))]
    public DeviceMemoryArgument[] RolloutMemory { get; set; } = [new(null)];
}
