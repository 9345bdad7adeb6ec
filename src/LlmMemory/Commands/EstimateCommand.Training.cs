using System;
using System.Collections.Generic;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Workloads;

namespace LlmMemory.Commands;

/// <content>The settings of training, and the workloads that they make together.</content>
public abstract partial class EstimateCommand
{
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    /// <summary>The optimizer.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The optimizer: AdamW keeps 2 states per trained parameter, SGD 1. AdamW when not said.")]
    [NamedTransformation(typeof(Workloads.Optimizer))]
    [ArgumentCompleter(typeof(SettingCompleter<Workloads.Optimizer>))]
    public NamedArgument<Workloads.Optimizer>[] Optimizer { get; set; } = [new(null)];

    /// <summary>The safety margin.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "What is added to a training estimate: 0.2, 20 or '20%'. 20 % when not said.")]
    [SafetyMarginTransformation]
    [ArgumentCompleter(typeof(SafetyMarginCompleter))]
    public SafetyMarginArgument[] SafetyMargin { get; set; } = [new(null)];

    /// <summary>The training multiplier.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "How many times its storage a trained model takes before gradients and optimizer states: 3 to 4. 4 when not said.")]
    [TrainingMultiplierTransformation]
    [ArgumentCompleter(typeof(TrainingMultiplierCompleter))]
    public TrainingMultiplierArgument[] TrainingMultiplier { get; set; } = [new(null)];

    /// <summary>Every way to train, the last parameter changing fastest.</summary>
    private protected IEnumerable<TrainingWorkload> TrainingWorkloads()
    {
        foreach (var optimizer in Optimizer)
        {
            foreach (var margin in SafetyMargin)
            {
                foreach (var multiplier in TrainingMultiplier)
                {
                    yield return Workload(optimizer.Value, margin.Value, multiplier.Value);
                }
            }
        }
    }

    private TrainingWorkload Workload(Optimizer? optimizer, decimal? margin, decimal? multiplier)
    {
        SayOnce(margin is null ? null : Workloads.SafetyMargin.NoteOnUnusual(margin.Value));
        SayOnce(multiplier is null ? null : Workloads.TrainingMultiplier.NoteOnUnusual(multiplier.Value));
        return new TrainingWorkload { Optimizer = optimizer, SafetyMargin = margin, TrainingMultiplier = multiplier };
    }

    private void SayOnce(string? note)
    {
        if (note is not null && _said.Add(note))
        {
            WriteVerbose(note);
        }
    }
}
