using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Commands;

/// <content>What of a training lies in host memory.</content>
public abstract partial class EstimateCommand
{
    /// <summary>What lies in host memory.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: what lies in host memory: None, OptimizerStates (ZeRO-Offload), Weights (ZeRO-3 and FSDP). None when not said.")]
    [NamedTransformation(typeof(Offload))]
    [ArgumentCompleter(typeof(SettingCompleter<Offload>))]
    public NamedArgument<Offload>[] Offload { get; set; } = [new(null)];
}
