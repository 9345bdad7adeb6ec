namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>Bytes on the host and on each GPU.</summary>
internal sealed class DeviceBytes
{
    private readonly long[] _bytes;

    /// <summary>Nothing on any of them.</summary>
    /// <param name="gpus">The GPUs that are seen, used or not.</param>
    public DeviceBytes(int gpus)
    {
        _bytes = new long[gpus + 1];
    }

    /// <summary>The GPUs.</summary>
    public int Gpus => _bytes.Length - 1;

    /// <summary>The bytes of a device.</summary>
    /// <param name="device">Its number; <see cref="LlamaCppPlacement.Host"/> is the host.</param>
    public long this[int device] => _bytes[device + 1];

    /// <summary>Adds to a device.</summary>
    /// <param name="device">Its number.</param>
    /// <param name="bytes">How much.</param>
    public void Add(int device, long bytes)
    {
        _bytes[device + 1] += bytes;
    }

    /// <summary>Adds what takes other space on the host than on a GPU.</summary>
    /// <param name="device">The device.</param>
    /// <param name="size">The sizes.</param>
    public void Add(int device, TensorSize size)
    {
        Add(device, device == LlamaCppPlacement.Host ? size.OnHost : size.OnGpu);
    }
}
