using System.Management.Automation;

namespace LlmMemory.Benchmarks.Baseline;

/// <summary>
/// The settings of Get-LlmMemoryEstimate, by the same names and from the same pipeline, in the types that a developer
/// would give them. Nobody reads them. They are here because the engine looks for a property of each name in every
/// record, bound or not, and that takes longer than all the rest of an empty cmdlet.
/// </summary>
public abstract class EmptyCommand : PSCmdlet
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] DataType { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Mode { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Optimizer { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public double[] SafetyMargin { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public double[] TrainingMultiplier { get; set; } = [];
}
