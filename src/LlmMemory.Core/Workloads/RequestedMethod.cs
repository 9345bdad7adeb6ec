using LlmMemory.Estimation;
using LlmMemory.Naming;

namespace LlmMemory.Workloads;

/// <summary>How an estimate is to be made, where there is more than one way.</summary>
public sealed class RequestedMethod : NamedChoice
{
    private RequestedMethod(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>By the published rule of thumb.</summary>
    public static RequestedMethod RuleOfThumb { get; } =
        new(EstimateMethod.RuleOfThumb, "RuleOfThumb: multiples of the weights, whatever batch and length", "rule");

    /// <summary>By how the model is built.</summary>
    public static RequestedMethod Architecture { get; } =
        new(EstimateMethod.Architecture, "Architecture: what the framework keeps of each layer of a known model");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<RequestedMethod> All { get; } =
        new("method", Errors.ErrorIds.MethodUnknown, RuleOfThumb, Architecture);
}
