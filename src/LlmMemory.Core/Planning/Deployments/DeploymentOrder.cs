using System.Collections.Generic;

namespace LlmMemory.Planning.Deployments;

/// <summary>
/// Orders plans by an objective, those that leave layers on the host behind all others. Between plans that are equal by
/// it, what changes less of what was asked comes first, then fewer devices, fewer machines, fewer stages, smaller
/// devices, more room.
/// </summary>
internal sealed class DeploymentOrder : IComparer<DeploymentPlan>
{
    private readonly DeploymentObjective _objective;

    /// <summary>Creates the order.</summary>
    public DeploymentOrder(DeploymentObjective objective)
    {
        _objective = objective;
    }

    /// <inheritdoc/>
    public int Compare(DeploymentPlan? x, DeploymentPlan? y)
    {
        return Keys(x!).CompareTo(Keys(y!));
    }

    private (bool Misfit, bool Offloads, double Objective, (int Rung, int Gpus, int Nodes, int Stages) Layout, long Memory, double Room) Keys(DeploymentPlan plan)
    {
        var trial = plan.Trial;
        var layout = (trial.Rung, plan.GpuCount, plan.Nodes, plan.PipelineParallel ?? 1);
        return (!plan.Fits, trial.Offloads, ObjectiveOf(plan), layout, trial.Candidate.Pool.Devices[0].TotalBytes, -(plan.HeadroomShare ?? 0));
    }

    private double ObjectiveOf(DeploymentPlan plan)
    {
        return _objective switch
        {
            _ when _objective == DeploymentObjective.LowestCost => (double?)plan.CostPerHour ?? double.MaxValue,
            _ when _objective == DeploymentObjective.MostHeadroom => -(plan.HeadroomShare ?? double.MinValue),
            _ when _objective == DeploymentObjective.Throughput => -(plan.DecodeTokensPerSecondBound ?? 0),
            _ => plan.GpuCount,
        };
    }
}
