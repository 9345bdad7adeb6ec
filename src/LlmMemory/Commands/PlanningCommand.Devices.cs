using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Planning;

namespace LlmMemory.Commands;

/// <content>The devices, and how careful a verdict on them is.</content>
public abstract partial class PlanningCommand
{
    private static readonly string[] DeviceParameters = [nameof(Gpu), nameof(Memory)];

    /// <summary>The devices.</summary>
    [Parameter(
        ValueFromPipeline = true,
        HelpMessage = "GPUs by name, 'H100 SXM5', or from Get-LlmGpu. Devices of Get-LlmGpu -Local are taken together, with the memory that is free.")]
    [GpuTransformation]
    [ArgumentCompleter(typeof(GpuCompleter))]
    [AllowEmptyCollection]
    public GpuArgument[] Gpu { get; set; } = [];

    /// <summary>How many devices there are.</summary>
    [Parameter(HelpMessage = "How many of them there are. As many as the workload asks for when not said, and all devices of a machine.")]
    [Alias("GpuTotal")]
    [CountSettingTransformation(nameof(Count), 1, "8")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] Count { get; set; } = [new(null, nameof(Count), 1, "8")];

    /// <summary>The memory of a device.</summary>
    [Parameter(HelpMessage = "Devices with so much memory instead of -Gpu, as a program sees it: 24GB or '79.19 GiB', both in steps of 1024.")]
    [DeviceMemoryTransformation]
    [ArgumentCompleter(typeof(DeviceMemoryCompleter))]
    [AllowEmptyCollection]
    public DeviceMemoryArgument[] Memory { get; set; } = [];

    /// <summary>The memory of the host.</summary>
    [Parameter(HelpMessage = "The memory of the host, 256GB; not judged when not said.")]
    [DeviceMemoryTransformation]
    [ArgumentCompleter(typeof(DeviceMemoryCompleter))]
    [ValidateCount(0, 1)]
    public DeviceMemoryArgument[] HostMemory { get; set; } = [];

    /// <summary>What has to stay free.</summary>
    [Parameter(HelpMessage = "What has to stay free on each device: a share of it, 10%, or bytes, 4GB. Nothing when not said.")]
    [HeadroomTransformation]
    [ArgumentCompleter(typeof(HeadroomCompleter))]
    [ValidateCount(0, 1)]
    public HeadroomArgument[] Headroom { get; set; } = [];

    /// <summary>True where the high end of the band has to fit.</summary>
    [Parameter(HelpMessage = "Judge by the high end of the error band. An estimate without a band is an error.")]
    public SwitchParameter Strict { get; set; }

    /// <summary>How careful the verdict is.</summary>
    private protected FitTerms Terms => new() { Strict = Strict, Headroom = Headroom.Select(headroom => headroom.Value).FirstOrDefault() ?? FitHeadroom.None };

    private protected override void CollectSettingErrors()
    {
        CollectErrors(Count);
        CollectErrors(Memory);
        CollectErrors(HostMemory);
        CollectErrors(Headroom);
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Gpu)) && _pools is null && !_isAsked)
        {
            CollectErrors(Gpu);
        }

        base.CollectSettingErrors();
    }

    private IEnumerable<DevicePool> Pools(IEnumerable<GpuArgument> gpus)
    {
        var sizes = Memory.Where(memory => memory.Value is not null).Select(memory => DeviceOffer.OfMemory(memory.Value!.Value));
        return Pools([.. gpus.Select(gpu => gpu.Value).OfType<DeviceOffer>(), .. sizes]);
    }

    private IEnumerable<DevicePool> Pools(DeviceOffer[] offers)
    {
        return DeviceOffer.Pools(offers, Array.ConvertAll(Count, count => count.Value), HostMemory.Select(host => host.Value).FirstOrDefault());
    }
}
