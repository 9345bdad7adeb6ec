using System.Management.Automation;

namespace LlmMemory.Benchmarks.Baseline;

/// <summary>The least that a cmdlet over a pipeline of text can be: one parameter, one object.</summary>
[Cmdlet(VerbsCommon.Get, "BareFromText")]
[OutputType(typeof(EmptyResult))]
public sealed class GetBareFromTextCommand : PSCmdlet
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    public string[] Parameters { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var parameter in Parameters)
        {
            WriteObject(new EmptyResult { Property01 = parameter.Length });
        }
    }
}
