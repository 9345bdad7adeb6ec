using System.Management.Automation;
using LlmMemory.Estimation;

namespace LlmMemory.Commands;

/// <summary>Estimates the memory that serving or training a model takes.</summary>
[Cmdlet(VerbsCommon.Get, "LlmMemoryEstimate", DefaultParameterSetName = ModelParameterSets.Parameters)]
[OutputType(typeof(MemoryEstimate))]
public sealed class GetLlmMemoryEstimateCommand : ModelEstimateCommand
{
}
