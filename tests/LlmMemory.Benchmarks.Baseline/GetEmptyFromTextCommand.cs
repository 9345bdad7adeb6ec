using System.Management.Automation;

namespace LlmMemory.Benchmarks.Baseline;

/// <summary>
/// <see cref="GetEmptyFromNumberCommand"/> for a pipeline of text. It is a cmdlet of its own because one parameter for
/// both would make the engine convert one of them, and the empty side of the comparison must not pay for that.
/// </summary>
[Cmdlet(VerbsCommon.Get, "EmptyFromText")]
[OutputType(typeof(EmptyResult))]
public sealed class GetEmptyFromTextCommand : EmptyCommand
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
