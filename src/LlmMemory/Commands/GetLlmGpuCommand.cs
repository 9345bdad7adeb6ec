using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Errors;
using LlmMemory.Hardware;
using LlmMemory.Hardware.Probes;

namespace LlmMemory.Commands;

/// <summary>Lists GPUs: of the built-in catalogue, or of this machine.</summary>
[Cmdlet(VerbsCommon.Get, "LlmGpu", DefaultParameterSetName = NameSet)]
[OutputType(typeof(Gpu), ParameterSetName = [NameSet])]
[OutputType(typeof(GpuDevice), ParameterSetName = [LocalSet])]
public sealed class GetLlmGpuCommand : PSCmdlet, IDisposable
{
    private const string NameSet = "Name";

    private const string LocalSet = "Local";

    private const string Everything = "*";

    private const int DefaultTimeout = 30;

    private const int MaxTimeout = 3600;

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Names of the catalogue.</summary>
    [Parameter(
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = NameSet,
        HelpMessage = "A GPU of the built-in catalogue: 'H100 SXM5', 4090, what nvidia-smi prints. Wildcards are allowed; all when not said.")]
    [ArgumentCompleter(typeof(GpuNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [Everything];

    /// <summary>Makers.</summary>
    [Parameter(ParameterSetName = NameSet, HelpMessage = "Only GPUs of this maker: NVIDIA, AMD, Intel, Apple, Google, AWS. Wildcards are allowed.")]
    [ArgumentCompleter(typeof(GpuVendorCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Vendor { get; set; } = [];

    /// <summary>The least memory as sold.</summary>
    [Parameter(ParameterSetName = NameSet, HelpMessage = "Only GPUs that are sold with so much memory, or more: 80GB.")]
    [DeviceMemoryTransformation]
    [ArgumentCompleter(typeof(DeviceMemoryCompleter))]
    public DeviceMemoryArgument[] MinimumMemory { get; set; } = [];

    /// <summary>Instances of clouds.</summary>
    [Parameter(ParameterSetName = NameSet, HelpMessage = "Only GPUs that this instance of a cloud holds: p5.48xlarge. Wildcards are allowed.")]
    [ArgumentCompleter(typeof(CloudInstanceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Instance { get; set; } = [];

    /// <summary>The GPUs of this machine.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = LocalSet,
        HelpMessage = "Ask this machine: nvidia-smi, amd-smi, rocm-smi, xpu-smi, system_profiler, whichever are there.")]
    public SwitchParameter Local { get; set; }

    /// <summary>How long a tool may take.</summary>
    [Parameter(ParameterSetName = LocalSet, HelpMessage = "How long each tool may take before it is ended; 30 when not said.")]
    [ArgumentCompleter(typeof(TimeoutSecondsCompleter))]
    [ValidateRange(1, MaxTimeout)]
    public int TimeoutSeconds { get; set; } = DefaultTimeout;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (MinimumMemory.FirstOrDefault(argument => argument.Error is not null) is { } wrong)
        {
            ThrowTerminatingError(ErrorRecords.From(wrong.Error!));
        }

        foreach (var name in Vendor.Where(name => !IsKnown(name, GpuCatalogue.Vendors)))
        {
            WriteError(ErrorRecords.From(GpuCatalogue.UnknownVendor(name)));
        }

        foreach (var name in Instance.Where(name => !IsKnown(name, CloudInstances.All.Select(known => known.Instance.Name))))
        {
            WriteError(ErrorRecords.From(CloudInstances.Unknown(name)));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Local)
        {
            WriteObject(FindLocal(), enumerateCollection: true);
            return;
        }

        var (vendors, instances) = (Patterns(Vendor), Patterns(Instance));
        foreach (var gpu in Name.SelectMany(Named).Where(gpu => IsMeant(gpu, vendors, instances)))
        {
            WriteObject(gpu);
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _stopping.Cancel();
    }

    // A pattern that matches nothing is no error, as with Get-ChildItem.
    private static bool IsKnown(string name, IEnumerable<string> known)
    {
        var pattern = new NamePattern(name);
        return pattern.HasWildcards || known.Any(pattern.Matches);
    }

    private static List<NamePattern> Patterns(string[] names)
    {
        return [.. names.Select(name => new NamePattern(name))];
    }

    private static bool IsNamed(Gpu gpu, NamePattern pattern)
    {
        return pattern.Matches(gpu.Name) || gpu.Aliases.Any(pattern.Matches);
    }

    private IEnumerable<Gpu> Named(string name)
    {
        if (name == Everything)
        {
            return GpuCatalogue.All;
        }

        if (GpuCatalogue.All.TryFind(name, out var gpu))
        {
            return [gpu];
        }

        var pattern = new NamePattern(name);
        if (pattern.HasWildcards)
        {
            return GpuCatalogue.All.Concat(GpuCatalogue.All.Further).Where(item => IsNamed(item, pattern));
        }

        WriteError(ErrorRecords.From(GpuCatalogue.All.Unknown(name)));
        return [];
    }

    // Memory is sold by the GB, and PowerShell's 80GB are GiB, as they mostly are on the card.
    private bool IsMeant(Gpu gpu, List<NamePattern> vendors, List<NamePattern> instances)
    {
        return (vendors.Count == 0 || vendors.Exists(pattern => pattern.Matches(gpu.Vendor)))
            && MinimumMemory.All(memory => memory.Value is not { } bytes || gpu.MemoryGB * (1L << 30) >= bytes)
            && (instances.Count == 0 || gpu.Instances.Any(instance => instances.Exists(pattern => pattern.Matches(instance.Name))));
    }

    private IReadOnlyList<GpuDevice> FindLocal()
    {
        try
        {
            return LocalGpus.Find(new GpuProbeOptions
            {
                Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
                Problem = problem => WriteError(ErrorRecords.From(problem)),
                Running = call => WriteVerbose($"Running {call}"),
                Cancellation = _stopping.Token,
            });
        }
        catch (LlmMemoryException error)
        {
            WriteError(ErrorRecords.From(error));
            return [];
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
