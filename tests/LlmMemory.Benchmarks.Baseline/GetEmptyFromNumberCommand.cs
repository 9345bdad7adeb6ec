using System.Management.Automation;

namespace LlmMemory.Benchmarks.Baseline;

/// <summary>The estimate cmdlet's parameters over a pipeline of numbers, and nothing behind them.</summary>
[Cmdlet(VerbsCommon.Get, "EmptyFromNumber")]
[OutputType(typeof(EmptyResult))]
public sealed class GetEmptyFromNumberCommand : EmptyCommand
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    public long[] Parameters { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var parameter in Parameters)
        {
            WriteObject(new EmptyResult { Property01 = parameter });
        }
    }
}
