using System;
using System.Collections.Generic;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Architecture;
using LlmMemory.Estimation.RuleOfThumb;
using LlmMemory.Models;
using LlmMemory.Workloads;

namespace LlmMemory.Commands;

/// <summary>Estimates the memory that fine-tuning a model with LoRA or QLoRA takes.</summary>
[Cmdlet(VerbsCommon.Get, "LoraMemoryEstimate", DefaultParameterSetName = ModelParameterSets.Parameters)]
[OutputType(typeof(MemoryEstimate))]
public sealed class GetLoraMemoryEstimateCommand : EstimateCommand
{
    /// <summary>The adapter's parameter count.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The adapter's count of trained parameters: 20M, 4e7, 20000000.")]
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
        base.CollectSettingErrors();
    }

    private protected override void WriteEstimates(long parameters)
    {
        foreach (var format in BaseDataType)
        {
            if (TryGetDataType(format, out var dataType))
            {
                WriteAdapters(adapter => AdapterEstimator.Estimate(parameters, dataType, adapter));
            }
        }
    }

    private protected override void WriteEstimates(LlmModel model)
    {
        foreach (var stored in ReadEach(BaseDataType, format => Stored(model, format)))
        {
            WriteAdapters(adapter => KnownModelAdapterEstimator.Estimate(stored, adapter));
        }
    }

    private void WriteAdapters(Func<AdapterWorkload, MemoryEstimate> estimate)
    {
        foreach (var adapter in Adapters())
        {
            WriteEstimate(() => estimate(adapter));
        }
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
}
