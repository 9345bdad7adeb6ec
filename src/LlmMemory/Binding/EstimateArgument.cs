using System.Management.Automation;
using LlmMemory.Estimation;
using LlmMemory.Launching;

namespace LlmMemory.Binding;

/// <summary>An estimate as what is to be started: the object itself, or a copy that remoting, a job or a file made.</summary>
public sealed class EstimateArgument : BoundArgument<LaunchRequest>
{
    internal EstimateArgument(object? given)
        : base(given, Read)
    {
    }

    private static LaunchRequest Read(object? given)
    {
        return (given is PSObject wrapped ? wrapped.BaseObject : given) is MemoryEstimate estimate
            ? LaunchRequest.From(estimate)
            : new EstimateCopy(given).Read();
    }
}
