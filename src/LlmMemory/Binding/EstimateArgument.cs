using System.Management.Automation;
using LlmMemory.Estimation;
using LlmMemory.Launching;
using LlmMemory.Planning.Deployments;

namespace LlmMemory.Binding;

/// <summary>An estimate or a plan as what is to be started: the object itself, or a copy of an estimate that remoting, a job or a file made.</summary>
public sealed class EstimateArgument : BoundArgument<LaunchRequest>
{
    internal EstimateArgument(object? given)
        : base(given, Read)
    {
    }

    private static LaunchRequest Read(object? given)
    {
        return (given is PSObject wrapped ? wrapped.BaseObject : given) switch
        {
            MemoryEstimate estimate => LaunchRequest.From(estimate),
            DeploymentPlan plan => LaunchRequest.From(plan),
            _ => new EstimateCopy(given).Read(),
        };
    }
}
