using LlmMemory.Estimation.Training;

namespace LlmMemory.Estimation;

/// <content>
/// What a device has in use while a model is trained: <see cref="MaxDeviceBytes"/> is what PyTorch's allocator hands out
/// (<c>torch.cuda.max_memory_allocated</c>). These two are null where nothing was measured for this way of training.
/// </content>
public sealed partial class MemoryEstimate
{
    /// <summary>Training: the segments that PyTorch's allocator holds on the fullest device (<c>torch.cuda.max_memory_reserved</c>).</summary>
    public long? ReservedBytes => Reserved(Reserve?.Share);

    /// <summary>The low end of its band.</summary>
    public long? ReservedLowBytes => Reserved(Reserve?.Least);

    /// <summary>The high end of its band.</summary>
    public long? ReservedHighBytes => Reserved(Reserve?.Greatest);

    /// <summary>Training: what nvidia-smi shows of the fullest device: the segments, the CUDA context, NCCL.</summary>
    /// <remarks>On a device that has the room. A full one shows less, as the allocator gives back what it does not use.</remarks>
    public long? DeviceUsedBytes => ReservedBytes + Reserve?.OutsideBytes;

    /// <summary>The low end of its band.</summary>
    public long? DeviceUsedLowBytes => ReservedLowBytes + Reserve?.OutsideBytes;

    /// <summary>The high end of its band.</summary>
    public long? DeviceUsedHighBytes => ReservedHighBytes + Reserve?.OutsideBytes;

    /// <summary>What was measured beside the allocated peak; null for all else.</summary>
    internal AllocatorReserve? Reserve { get; init; }

    // A margin is added for safety; nothing of it is allocated.
    private long? Reserved(double? share)
    {
        return share is { } known ? AllocatorReserve.Bytes(MaxDeviceBytes - BytesOn(0, ComponentRole.SafetyMargin), known) : null;
    }
}
