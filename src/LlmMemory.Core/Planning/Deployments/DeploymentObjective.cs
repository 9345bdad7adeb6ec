using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Planning.Deployments;

/// <summary>What makes one plan better than another.</summary>
public sealed class DeploymentObjective : NamedChoice
{
    private DeploymentObjective(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>The fewest devices, and of equally many the smallest.</summary>
    public static DeploymentObjective FewestGpus { get; } = new("FewestGpus", "FewestGpus: the fewest devices, and of equally many the smallest");

    /// <summary>The lowest price of an hour.</summary>
    public static DeploymentObjective LowestCost { get; } = new("LowestCost", "LowestCost: the lowest price of an hour, by the prices that are given");

    /// <summary>The largest share of a device that stays free.</summary>
    public static DeploymentObjective MostHeadroom { get; } = new("MostHeadroom", "MostHeadroom: the largest share of a device that stays free");

    /// <summary>The highest bound of tokens in a second.</summary>
    public static DeploymentObjective Throughput { get; } = new("Throughput", "Throughput: the highest bound of tokens in a second");

    /// <summary>What is taken when nothing is said.</summary>
    public static DeploymentObjective Default => FewestGpus;

    /// <summary>All of them.</summary>
    public static NamedCatalogue<DeploymentObjective> All { get; } =
        new("objective", ErrorIds.ObjectiveUnknown, FewestGpus, LowestCost, MostHeadroom, Throughput);
}
