namespace LlmMemory.Estimation.Serving.LlamaCpp.Caches;

/// <summary>The keys and values of several layers.</summary>
internal sealed class CacheSums
{
    /// <summary>Nothing yet.</summary>
    /// <param name="gpus">The GPUs that are seen.</param>
    public CacheSums(int gpus)
    {
        OnDevices = new DeviceBytes(gpus);
    }

    /// <summary>What they take on each device.</summary>
    public DeviceBytes OnDevices { get; }

    /// <summary>The layers.</summary>
    public int Layers { get; private set; }

    /// <summary>The bytes of keys, rounding left out.</summary>
    public long KeyBytes { get; private set; }

    /// <summary>The bytes of values, rounding left out.</summary>
    public long ValueBytes { get; private set; }

    /// <summary>Adds a layer.</summary>
    /// <param name="device">Where it lies.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="values">Its values.</param>
    public void Add(int device, CacheTensor keys, CacheTensor values)
    {
        OnDevices.Add(device, keys.Size);
        OnDevices.Add(device, values.Size);
        KeyBytes += keys.Bytes;
        ValueBytes += values.Bytes;
        Layers++;
    }
}
