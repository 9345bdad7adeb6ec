using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning;

namespace LlmMemory.Commands;

/// <summary>
/// What commands share that put an estimate beside devices: an estimate from the pipeline or the settings of one, and
/// the devices, said or piped. Devices that are piped are gathered, and answered for at the end.
/// </summary>
public abstract partial class PlanningCommand : ModelEstimateCommand
{
    private readonly List<EstimateCase> _waiting = [];
    private readonly List<DeviceOffer> _piped = [];
    private DevicePool[]? _pools;
    private string[] _typed = [];
    private bool _isAsked;
    private bool _arePiped;

    /// <summary>The estimate.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = ModelParameterSets.Estimate,
        ValueFromPipeline = true,
        HelpMessage = "An estimate from Get-LlmMemoryEstimate or Get-LoraMemoryEstimate.")]
    public MemoryEstimate[] Estimate { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _typed = [.. MyInvocation.BoundParameters.Keys.Where(name => !OwnParameters.Contains(name) && !CommonParameters.Contains(name))];
        base.BeginProcessing();
        if (Array.Exists(DeviceParameters, MyInvocation.BoundParameters.ContainsKey))
        {
            _pools = [.. Pools(Gpu)];
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_pools is null && Gpu.Length > 0)
        {
            GatherDevices();
            if (_isAsked)
            {
                return;
            }
        }

        _isAsked = true;
        if (ParameterSetName == ModelParameterSets.Estimate)
        {
            AnswerEstimates();
        }
        else
        {
            base.ProcessRecord();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_waiting.Count == 0)
        {
            return;
        }

        DeviceOffer[] offers = [.. _arePiped ? _piped : UnsaidDevices];
        if (offers.Length == 0 && _arePiped)
        {
            return;
        }

        if (offers.Length == 0 && !NamesOtherDevices)
        {
            WriteError(ErrorRecords.From(new LlmMemoryException(
                ErrorIds.DevicesMissing, null, "No devices are said to put the estimate beside. Write -Gpu 'H100 SXM5', -Memory 24GB, or pipe Get-LlmGpu -Local.")));
            return;
        }

        DevicePool[] pools = [.. Pools(offers)];
        foreach (var asked in _waiting)
        {
            Try(() => Answer(asked, pools));
        }
    }

    /// <summary>True where devices are named by a parameter of a command's own.</summary>
    private protected virtual bool NamesOtherDevices => false;

    /// <summary>The devices where none are said or piped.</summary>
    private protected virtual IEnumerable<DeviceOffer> UnsaidDevices => [];

    /// <summary>The parameters that are about devices and the verdict, not about the workload.</summary>
    private protected virtual IReadOnlyCollection<string> OwnParameters { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        nameof(Estimate), nameof(Gpu), nameof(Count), nameof(Memory), nameof(HostMemory), nameof(Headroom), nameof(Strict),
    };

    /// <summary>A served model is judged with its cache, whatever was said.</summary>
    private protected override bool AsksForServing => true;

    private protected override void WriteCase(EstimateCase asked, string? view = null)
    {
        if (_pools is { } pools)
        {
            Try(() => Answer(asked, pools));
        }
        else
        {
            _waiting.Add(asked);
        }
    }

    /// <summary>Answers one case; an exception of the engine is an error of its own.</summary>
    /// <param name="asked">The case.</param>
    /// <param name="pools">The devices, one pool after the other.</param>
    private protected abstract void Answer(EstimateCase asked, DevicePool[] pools);

    /// <summary>Runs a part of an answer; what the engine refuses is an error of its own, and the rest goes on.</summary>
    private protected void Try(Action answer)
    {
        try
        {
            answer();
        }
        catch (LlmMemoryException error)
        {
            WriteError(ErrorRecords.From(error));
        }
    }

    private void AnswerEstimates()
    {
        if (_typed.Length > 0)
        {
            ThrowTerminatingError(ErrorRecords.From(new LlmMemoryException(
                ErrorIds.SettingBesideEstimate,
                _typed[0],
                $"-{_typed[0]} belongs to the estimate, which is made already. Say it there: Get-LlmMemoryEstimate -{_typed[0]} ...")));
        }

        foreach (var estimate in Estimate)
        {
            WriteCase(estimate.GetCase());
        }
    }

    private void GatherDevices()
    {
        _arePiped = true;
        foreach (var gpu in Gpu)
        {
            if (gpu.Error is not null)
            {
                WriteError(ErrorRecords.From(gpu.Error));
            }
            else if (gpu.Value is not null)
            {
                _piped.Add(gpu.Value);
            }
        }
    }
}
