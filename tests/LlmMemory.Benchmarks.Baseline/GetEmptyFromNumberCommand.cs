using System.Management.Automation;

namespace LlmMemory.Benchmarks.Baseline;

/// <summary>
/// The least that a cmdlet over a pipeline of numbers can do: bind the record, write one object for it. Its parameter
/// says what the real cmdlet's says about the pipeline, and is of the engine's own type, so that nothing is converted.
/// </summary>
[Cmdlet(VerbsCommon.Get, "EmptyFromNumber")]
[OutputType(typeof(EmptyResult))]
public sealed class GetEmptyFromNumberCommand : PSCmdlet
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
