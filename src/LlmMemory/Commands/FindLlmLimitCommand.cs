using System;
using System.Collections.Generic;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning;
using LlmMemory.Planning.Limits;

namespace LlmMemory.Commands;

/// <summary>Finds how far a setting can go on some devices.</summary>
[Cmdlet(VerbsCommon.Find, "LlmLimit", DefaultParameterSetName = ModelParameterSets.Parameters)]
[OutputType(typeof(MemoryLimit))]
public sealed class FindLlmLimitCommand : PlanningCommand
{
    /// <summary>The settings of which the largest value is looked for.</summary>
    [Parameter(HelpMessage = "The setting whose largest value that fits is looked for: ContextLength, Concurrency, GpuLayers, LoraSlots, MicroBatchSize, SequenceLength, Rank, Parameters, DataTypeBits.")]
    [NamedTransformation(typeof(LimitSetting))]
    [ArgumentCompleter(typeof(MaximizedSettingCompleter))]
    [AllowEmptyCollection]
    public NamedArgument<LimitSetting>[] Maximize { get; set; } = [];

    /// <summary>The settings of which the smallest value is looked for.</summary>
    [Parameter(HelpMessage = "The setting whose smallest value that fits is looked for: TensorParallel, Count, ZeroStage, DataTypeBits.")]
    [NamedTransformation(typeof(LimitSetting))]
    [ArgumentCompleter(typeof(MinimizedSettingCompleter))]
    [AllowEmptyCollection]
    public NamedArgument<LimitSetting>[] Minimize { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            EnsureAsked();
        }
        catch (LlmMemoryException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
        }
    }

    private protected override IReadOnlyCollection<string> OwnParameters =>
        new HashSet<string>(base.OwnParameters, StringComparer.OrdinalIgnoreCase) { nameof(Maximize), nameof(Minimize) };

    private protected override void CollectSettingErrors()
    {
        CollectErrors(Maximize);
        CollectErrors(Minimize);
        base.CollectSettingErrors();
    }

    private protected override void Answer(EstimateCase asked, DevicePool[] pools)
    {
        foreach (var pool in pools)
        {
            foreach (var (setting, direction) in Asked())
            {
                Try(() => WriteObject(LimitSearch.Find(asked, setting, direction, pool, Terms)));
            }
        }
    }

    private void EnsureAsked()
    {
        var any = false;
        foreach (var (setting, direction) in Asked())
        {
            LimitSettings.EnsureHas(setting, direction);
            any = true;
        }

        if (!any)
        {
            throw new LlmMemoryException(
                ErrorIds.LimitSettingUnknown, null, "No setting is named whose limit is looked for. Write -Maximize ContextLength or -Minimize TensorParallel.");
        }
    }

    private IEnumerable<(LimitSetting Setting, LimitDirection Direction)> Asked()
    {
        foreach (var setting in Maximize)
        {
            if (setting.Value is { } largest)
            {
                yield return (largest, LimitDirection.Maximize);
            }
        }

        foreach (var setting in Minimize)
        {
            if (setting.Value is { } smallest)
            {
                yield return (smallest, LimitDirection.Minimize);
            }
        }
    }
}
