using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Hardware;

namespace LlmMemory.Planning.Deployments;

/// <summary>Makes candidates of devices and of machine types, with the prices that are given for them.</summary>
public sealed class DeploymentCandidates
{
    private readonly IReadOnlyList<DeploymentPrice> _prices;
    private readonly int? _gpusPerNode;
    private readonly int? _count;

    /// <summary>Prepares candidates.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="gpusPerNode">The devices of one machine; as usual when null.</param>
    /// <param name="count">How many devices of a machine type there are at most; as usual when null.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.GpuUnknown"/>: a price names a GPU that nobody knows.</exception>
    public DeploymentCandidates(IReadOnlyList<DeploymentPrice> prices, int? gpusPerNode, int? count)
    {
        _prices = prices ?? throw new ArgumentNullException(nameof(prices));
        _gpusPerNode = gpusPerNode;
        _count = count;
        foreach (var price in prices.Where(price => price.Gpu is not null))
        {
            GpuCatalogue.All.Find(price.Gpu!);
        }
    }

    /// <summary>Devices, and the machine types that the prices name.</summary>
    /// <param name="pools">The devices.</param>
    public IEnumerable<DeploymentCandidate> Of(IEnumerable<DevicePool> pools)
    {
        DevicePool[] given = [.. pools];
        var kinds = new HashSet<string>(given.Select(pool => pool.Devices[0].Kind?.Name ?? string.Empty));
        var priced = from price in _prices
                     where price.Instance is not null
                     from machine in CloudInstances.All
                     where machine.Instance.Name.Equals(price.Instance, StringComparison.OrdinalIgnoreCase) && kinds.Contains(machine.Gpu.Name)
                     select Candidate(machine.Gpu, machine.Instance);
        return given.Select(pool => new DeploymentCandidate(pool, _gpusPerNode, price: PriceOf(pool.Devices[0].Kind))).Concat(priced);
    }

    /// <summary>Machine types.</summary>
    /// <param name="isAsked">Tells for each name whether it is asked for.</param>
    /// <param name="asked">What was asked, for an error.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.CloudInstanceUnknown"/>.</exception>
    public IReadOnlyList<DeploymentCandidate> OfInstances(Func<string, bool> isAsked, string asked)
    {
        DeploymentCandidate[] found = [.. CloudInstances.All.Where(machine => isAsked(machine.Instance.Name)).Select(machine => Candidate(machine.Gpu, machine.Instance))];
        return found.Length > 0
            ? found
            : throw CloudInstances.Unknown(asked);
    }

    private DeploymentCandidate Candidate(Gpu gpu, CloudInstance instance)
    {
        var price = _prices.FirstOrDefault(price => instance.Name.Equals(price.Instance, StringComparison.OrdinalIgnoreCase));
        return new DeploymentCandidate(DevicePool.Of(new DeviceBudget(gpu.Name, gpu.UsableBytes, kind: gpu), _count), _gpusPerNode, instance, price ?? PriceOf(gpu));
    }

    private DeploymentPrice? PriceOf(Gpu? gpu)
    {
        return gpu is null ? null : _prices.FirstOrDefault(price => price.Gpu is { } name && GpuCatalogue.All.Find(name) == gpu);
    }
}
