using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Adapters;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Cases;
using LlmMemory.Models;
using LlmMemory.Workloads;

namespace LlmMemory.Commands;

/// <summary>Estimates the memory that fine-tuning a model with LoRA, QLoRA or another adapter takes.</summary>
[Cmdlet(VerbsCommon.Get, "LoraMemoryEstimate", DefaultParameterSetName = ModelParameterSets.Parameters)]
[OutputType(typeof(MemoryEstimate))]
public sealed partial class GetLoraMemoryEstimateCommand : EstimateCommand
{
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private bool _isCountTyped;
    private bool _ignoresMultiplier;

    /// <summary>The adapter's parameter count.</summary>
    /// <remarks>Not mandatory: a known model tells it from a rank and modules.</remarks>
    [Parameter(
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The adapter's count of trained parameters, by the rule of thumb: 20M, 4e7, 20000000. A known model tells it from -Rank and -TargetModules instead.")]
    [CountTransformation]
    [ArgumentCompleter(typeof(AdapterSizeCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    public CountArgument[] AdapterParameters { get; set; } = [];

    /// <summary>How the base model's weights are stored.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "How the frozen base model is stored: BF16 for LoRA, NF4 or INT4 for QLoRA. BF16 when not said.")]
    [Alias("DataType")]
    [WeightFormatTransformation]
    [ArgumentCompleter(typeof(WeightFormatCompleter))]
    public WeightFormatArgument[] BaseDataType { get; set; } = [new(null)];

    /// <summary>How the adapter's weights are stored.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "How the trained adapter is stored: F32, F16 or BF16. F32 when not said.")]
    [DataTypeTransformation]
    [ArgumentCompleter(typeof(DataTypeCompleter))]
    public DataTypeArgument[] AdapterDataType { get; set; } = [new(null)];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _isCountTyped = IsTyped(nameof(AdapterParameters));
        base.BeginProcessing();
        if (Conflict() is { } conflict)
        {
            ThrowTerminatingError(ErrorRecords.From(conflict));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WarnOfUnusedConfiguration();
        if (_ignoresMultiplier)
        {
            WriteWarning("-TrainingMultiplier changed nothing: it belongs to the rule of thumb. Say -AdapterParameters instead of the adapter's settings to use it.");
        }
    }

    private protected override string FormatParameter => nameof(BaseDataType);

    private protected override void ForgetFormat()
    {
        BaseDataType = [new(null)];
    }

    private protected override void CollectSettingErrors()
    {
        CollectErrors(AdapterParameters);
        CollectErrors(BaseDataType);
        CollectErrors(AdapterDataType);
        CollectAdapterErrors();
        base.CollectSettingErrors();
    }

    private protected override void WriteEstimates(long parameters)
    {
        if (AdapterParameters.Length == 0)
        {
            WriteError(ErrorRecords.From(CountMissing(parameters)));
            return;
        }

        foreach (var format in BaseDataType)
        {
            if (TryGetDataType(format, out var dataType))
            {
                WriteAdapters(adapter => CountCase.Of(parameters, dataType, adapter));
            }
        }
    }

    private protected override void WriteEstimates(LlmModel model)
    {
        var followsRule = AdapterParameters.Length > 0 && (_isCountTyped || !SaysAdapter);
        foreach (var stored in ReadEach(FormatsFor(model, BaseDataType), format => Stored(model, format)))
        {
            if (followsRule)
            {
                WriteAdapters(adapter => WeightsCase.Of(model, stored, adapter));
            }
            else
            {
                WriteAdapted(model, stored);
            }
        }
    }

    private void WriteAdapters(Func<AdapterWorkload, EstimateCase> ask)
    {
        foreach (var adapter in Adapters())
        {
            WriteCase(ask(adapter));
        }
    }

    // The multiplier does not multiply the records of an estimate that does not use it.
    private void WriteAdapted(LlmModel model, LlmModel stored)
    {
        _ignoresMultiplier |= TrainingMultiplier.Any(multiplier => multiplier.Value is not null);
        foreach (var specification in Specifications())
        {
            foreach (var adapter in ReadEach([specification], asked => AdapterBuilder.Build(stored, asked)))
            {
                WriteAdapted(model, stored, specification, adapter);
            }
        }
    }

    private void WriteAdapted(LlmModel model, LlmModel stored, AdapterSpecification specification, AdapterInventory adapter)
    {
        foreach (var warning in adapter.Warnings.Where(_warned.Add))
        {
            WriteWarning(warning);
        }

        WriteTrainings((framework, run) => new TrainingCase(
            model, stored, framework, run with { Adapter = adapter, AdapterDropout = HasDropout(run) }, FrameworkVersion, specification));
    }

    private IEnumerable<AdapterWorkload> Adapters()
    {
        foreach (var count in AdapterParameters)
        {
            WarnOfForgottenUnit(count.Value);
            foreach (var dataType in AdapterDataType)
            {
                foreach (var training in TrainingWorkloads())
                {
                    yield return new AdapterWorkload
                    {
                        AdapterParameters = count.Value,
                        AdapterDataType = dataType.Value,
                        Training = training,
                    };
                }
            }
        }
    }

    private LlmMemoryException? Conflict()
    {
        if (_isCountTyped && SaysAdapter)
        {
            return new LlmMemoryException(
                ErrorIds.AdapterSettingInvalid,
                AdapterParameters[0].Value,
                "-AdapterParameters says how large the adapter is, and its method, rank and modules would say it again. Leave one of them out: "
                + "-Model llama-3.1-8b -Rank 16.");
        }

        // A number after -Model falls to -Parameters, where the model would overrule it without a word.
        return !_isCountTyped && IsTyped(nameof(Model)) && IsTyped(nameof(Parameters))
            ? new LlmMemoryException(
                ErrorIds.AdapterSettingInvalid,
                Parameters.FirstOrDefault()?.ToString(),
                "A model has a count of parameters of its own. Say how large the adapter is, -AdapterParameters 20M, or what it is: -Rank 16.")
            : null;
    }

    private static LlmMemoryException CountMissing(long parameters)
    {
        return new LlmMemoryException(
            ErrorIds.ParameterCountMissing,
            parameters,
            "A count of parameters has no modules to put an adapter beside. Say how large it is, -AdapterParameters 20M, "
            + "or name a model: -Model llama-3.1-8b -Rank 16.");
    }
}
