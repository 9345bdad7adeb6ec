using System;
using System.Collections.Generic;
using LlmMemory.Naming;
using LlmMemory.Quantities;

namespace LlmMemory.Hardware;

/// <summary>
/// A kind of GPU, or of another accelerator: what it has, and where each figure comes from. One device of a card that
/// has several, as a program sees it.
/// </summary>
public sealed class Gpu : INamed
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Who makes it: NVIDIA, AMD, Intel, Apple, AWS, Google.</summary>
    public required string Vendor { get; init; }

    /// <summary>The generation: Hopper, CDNA3; null where the table has none.</summary>
    public string? Architecture { get; init; }

    /// <summary>What code is compiled for: <c>9.0</c>, <c>gfx942</c>; null where there is no such number.</summary>
    public string? ComputeCapability { get; init; }

    /// <summary>The memory as sold, a number of the name rather than bytes: the 80 of an 80GB card.</summary>
    public required double MemoryGB { get; init; }

    /// <summary>The memory as the driver's tool shows it (nvidia-smi's total); null where it is not known.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>The memory as a program sees it: CUDA's or HIP's total, Metal's recommended working set.</summary>
    public required long UsableBytes { get; init; }

    /// <summary>Total in GiB; null where it is not known.</summary>
    public double? TotalGiB => TotalBytes is { } bytes ? ByteSize.ToGiB(bytes) : null;

    /// <summary>Usable in GiB.</summary>
    public double UsableGiB => ByteSize.ToGiB(UsableBytes);

    /// <summary>True where the memory is that of the machine, and its system and programs take their part of it.</summary>
    public bool IsUnifiedMemory { get; init; }

    /// <summary>What the memory reads in a second, in GB of 1e9 bytes; null where it is not known.</summary>
    public double? BandwidthGBps { get; init; }

    /// <summary>Dense BF16 operations (FP16 where there is no BF16), in 1e12 a second; null where it is not known.</summary>
    public double? Bf16Tflops { get; init; }

    /// <summary>Dense FP8 operations, in 1e12 a second; null without FP8, or where it is not known.</summary>
    public double? Fp8Tflops { get; init; }

    /// <summary>Dense FP4 operations, in 1e12 a second; null without FP4, or where it is not known.</summary>
    public double? Fp4Tflops { get; init; }

    /// <summary>What joins it to others of one machine: <c>NVLink4 / NVSwitch</c>; null where it is not known.</summary>
    public string? Interconnect { get; init; }

    /// <summary>What the interconnect carries one way, in GB of 1e9 bytes a second; null where it is not known.</summary>
    public double? LinkGBps { get; init; }

    /// <summary>The kind of memory: HBM3, GDDR6X; null where it is not known.</summary>
    public string? MemoryType { get; init; }

    /// <summary>What is particular about its memory: what ECC takes, who else uses it; null for nothing.</summary>
    public string? MemoryNote { get; init; }

    /// <summary>Machines of clouds that hold it.</summary>
    public DetailList<CloudInstance> Instances { get; init; } = new([]);

    /// <summary>Where each figure comes from.</summary>
    public DetailList<GpuFigure> Evidence { get; init; } = new([]);

    /// <summary>True where the source of <see cref="UsableBytes"/> was read, the figure that a fit is judged by.</summary>
    public bool IsVerified => Find(nameof(UsableBytes))?.IsVerified == true;

    /// <inheritdoc/>
    public string Description
    {
        get
        {
            var usable = FormattableString.Invariant($"{Name}: {UsableGiB:0.0} GiB usable");
            return BandwidthGBps is { } speed ? FormattableString.Invariant($"{usable}, {speed / 1000:0.00} TB/s") : usable;
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Name;
    }

    private GpuFigure? Find(string figure)
    {
        foreach (var evidence in Evidence)
        {
            if (evidence.Figure == figure)
            {
                return evidence;
            }
        }

        return null;
    }
}
