using System.Management.Automation;

namespace LlmMemory.Benchmarks.Baseline;

/// <summary>The least that a cmdlet over a pipeline of numbers can be: one parameter, one object.</summary>
[Cmdlet(VerbsCommon.Get, "BareFromNumber")]
[OutputType(typeof(EmptyResult))]
public sealed class GetBareFromNumberCommand : PSCmdlet
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
