using System;
using LlmMemory.Hardware;

namespace LlmMemory.Planning.Deployments;

/// <summary>Devices that a search may use: a kind of GPU as it stands in machines, or the devices of one machine.</summary>
public sealed class DeploymentCandidate
{
    private const int UsualGpusPerNode = 8;

    private const int Most = 64;

    /// <summary>Creates a candidate.</summary>
    /// <param name="pool">The devices.</param>
    /// <param name="gpusPerNode">How many stand in one machine; as the instance or the pool has them, and 8, when null.</param>
    /// <param name="instance">The machine type of a cloud; null for none in particular.</param>
    /// <param name="price">The price of a device, or of the machine where it is an instance; null for none.</param>
    public DeploymentCandidate(DevicePool pool, int? gpusPerNode = null, CloudInstance? instance = null, DeploymentPrice? price = null)
    {
        Pool = pool ?? throw new ArgumentNullException(nameof(pool));
        Instance = instance;
        Price = price;
        MaxGpus = pool.IsOpen ? Most : pool.Devices.Count;
        GpusPerNode = Math.Min(MaxGpus, gpusPerNode ?? instance?.GpuCount ?? UsualGpusPerNode);
    }

    /// <summary>The devices.</summary>
    public DevicePool Pool { get; }

    /// <summary>The machine type of a cloud; null for none in particular.</summary>
    public CloudInstance? Instance { get; }

    /// <summary>The price; null for none.</summary>
    public DeploymentPrice? Price { get; }

    /// <summary>The devices of one machine.</summary>
    public int GpusPerNode { get; }

    /// <summary>The devices that there are.</summary>
    public int MaxGpus { get; }

    /// <summary>The kind of the devices; null where that is not known.</summary>
    internal Gpu? Gpu => Pool.Devices[0].Kind;

    /// <summary>The machines that so many devices stand in.</summary>
    internal int NodesOf(int gpus)
    {
        return (gpus + GpusPerNode - 1) / GpusPerNode;
    }

    /// <summary>What an hour of so many devices costs: whole machines where they are let whole; null without a price.</summary>
    internal decimal? CostPerHour(int gpus)
    {
        return Price is null ? null : Price.PerHour * (Price.Instance is null ? gpus : NodesOf(gpus));
    }
}
