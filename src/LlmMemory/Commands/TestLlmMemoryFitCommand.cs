using System;
using System.Collections.Generic;
using System.Management.Automation;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning;

namespace LlmMemory.Commands;

/// <summary>Tells whether an estimate fits devices.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LlmMemoryFit", DefaultParameterSetName = ModelParameterSets.Parameters)]
[OutputType(typeof(bool))]
[OutputType(typeof(MemoryFit))]
public sealed class TestLlmMemoryFitCommand : PlanningCommand
{
    /// <summary>True for the verdict instead of true or false.</summary>
    [Parameter(HelpMessage = "The verdict with its headroom and its reason, instead of true or false.")]
    public SwitchParameter PassThru { get; set; }

    private protected override IReadOnlyCollection<string> OwnParameters =>
        new HashSet<string>(base.OwnParameters, StringComparer.OrdinalIgnoreCase) { nameof(PassThru) };

    private protected override void Answer(EstimateCase asked, DevicePool[] pools)
    {
        foreach (var pool in pools)
        {
            Try(() => Write(FitJudge.Judge(asked, pool, Terms)));
        }
    }

    private void Write(MemoryFit fit)
    {
        if (fit.Reason is not null)
        {
            WriteVerbose(fit.Reason);
        }

        WriteObject(PassThru ? fit : fit.Fits);
    }
}
