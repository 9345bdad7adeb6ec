using System;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models;
using LlmMemory.Workloads;

namespace LlmMemory.Commands;

/// <summary>
/// What commands share that ask for serving or training a model itself: how its weights are stored, what is done with
/// it, and the cases that all settings make together.
/// </summary>
public abstract partial class ModelEstimateCommand : ServingCommand
{
    private static readonly TrainingWorkload NoTraining = new();

    private string[] _trainingSettings = [];
    private bool _anyInference;
    private bool _ignoresServing;
    private bool _anyTraining;
    private bool _ignoresMultiplier;

    /// <summary>How the weights are stored.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "How the weights are stored: F32, F16, BF16, FP8, INT8, NF4, INT4; for a known model also GPTQ, Q4_K_M and their like. BF16 when not said, or as a known model is.")]
    [WeightFormatTransformation]
    [ArgumentCompleter(typeof(WeightFormatCompleter))]
    public WeightFormatArgument[] DataType { get; set; } = [new(null)];

    /// <summary>Serving or training.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "What is done with the model: Inference, Training, or both. Inference when not said.")]
    [NamedTransformation(typeof(EstimateMode))]
    [ArgumentCompleter(typeof(SettingCompleter<EstimateMode>))]
    public NamedArgument<EstimateMode>[] Mode { get; set; } = [new(null)];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        string[] names = [nameof(Optimizer), nameof(SafetyMargin), nameof(TrainingMultiplier)];
        _trainingSettings = [.. names.Where(MyInvocation.BoundParameters.ContainsKey)];
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_trainingSettings.Length > 0 && _anyInference && !_anyTraining)
        {
            WriteWarning(
                $"-{string.Join(", -", _trainingSettings)} changed nothing: the rule of thumb uses it for training only. "
                + "Add -Mode Training.");
        }

        if (_ignoresMultiplier)
        {
            WriteWarning("-TrainingMultiplier changed nothing: it belongs to the rule of thumb. Add -Method RuleOfThumb to use it.");
        }

        WarnOfUnusedConfiguration();
        if (_ignoresServing)
        {
            WriteWarning(
                "Settings of serving changed nothing: a parameter count does not tell what a cache takes. Give a model: -Model llama-3.1-8b.");
        }
    }

    /// <summary>True where more than the weights of a served model is asked for.</summary>
    private protected virtual bool AsksForServing => SaysServing;

    private protected override string FormatParameter => nameof(DataType);

    private protected override void ForgetFormat()
    {
        DataType = [new(null)];
    }

    private protected override void CollectSettingErrors()
    {
        CollectErrors(DataType);
        CollectErrors(Mode);
        CollectMegatronErrors();
        base.CollectSettingErrors();
    }

    private protected override void WriteEstimates(long parameters)
    {
        foreach (var format in DataType)
        {
            if (TryGetDataType(format, out var dataType))
            {
                WriteModes(
                    (mode, workload) => CountCase.Of(parameters, dataType, mode, workload),
                    NoteServingNeedsModel,
                    () => RefuseArchitecture(parameters));
            }
        }
    }

    private protected override void WriteEstimates(LlmModel model)
    {
        foreach (var stored in ReadEach(FormatsFor(model, DataType), format => Stored(model, format)))
        {
            WriteModes(
                (mode, workload) => WeightsCase.Of(model, stored, mode, workload),
                () => WriteServing(model, stored),
                () => WriteTraining(model, stored));
        }
    }

    // What is asked beyond the weights takes an engine; a training estimate does not look at it.
    private bool WriteServing(LlmModel model, LlmModel stored)
    {
        if (!AsksForServing)
        {
            return false;
        }

        foreach (var prepared in ReadEach(Engine, engine => (engine.Value ?? ServingEngines.Default).Prepare(stored)))
        {
            foreach (var workload in Workloads())
            {
                WriteCase(new ServingCase(model, prepared, workload, EngineVersion), "Serving");
            }
        }

        return true;
    }

    private bool WriteTraining(LlmModel model, LlmModel stored)
    {
        if (AsksForRule)
        {
            return false;
        }

        _ignoresMultiplier |= TrainingMultiplier.Any(multiplier => multiplier.Value is not null);
        WriteTrainings((framework, run) => new TrainingCase(model, stored, framework, run, FrameworkVersion));
        return true;
    }

    private bool RefuseArchitecture(long parameters)
    {
        if (!Method.Any(method => method.Value == RequestedMethod.Architecture))
        {
            return false;
        }

        WriteError(ErrorRecords.From(new LlmMemoryException(
            ErrorIds.MethodNeedsModel,
            parameters,
            "A parameter count does not tell how a model is built. Give a model, -Model llama-3.1-8b, or leave -Method out.")));
        return true;
    }

    private bool NoteServingNeedsModel()
    {
        _ignoresServing |= SaysServing;
        return false;
    }

    private void WriteModes(
        Func<EstimateMode?, TrainingWorkload, EstimateCase> ask, Func<bool> tryServing, Func<bool> tryTraining)
    {
        foreach (var mode in Mode)
        {
            WriteMode(mode.Value ?? ConfiguredMode, ask, tryServing, tryTraining);
        }
    }

    private void WriteMode(
        EstimateMode? mode,
        Func<EstimateMode?, TrainingWorkload, EstimateCase> ask,
        Func<bool> tryServing,
        Func<bool> tryTraining)
    {
        if (mode == EstimateMode.Training)
        {
            _anyTraining = true;
            if (tryTraining())
            {
                return;
            }

            foreach (var workload in TrainingWorkloads())
            {
                WriteCase(ask(mode, workload));
            }
        }
        else
        {
            // Training settings do not multiply the records of a mode that does not use them.
            _anyInference = true;
            if (!tryServing())
            {
                WriteCase(ask(mode, NoTraining));
            }
        }
    }
}
