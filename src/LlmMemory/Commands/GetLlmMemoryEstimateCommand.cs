using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.DataTypes;
using LlmMemory.Estimation;
using LlmMemory.Estimation.RuleOfThumb;
using LlmMemory.Workloads;

namespace LlmMemory.Commands;

/// <summary>Estimates the memory that serving or training a model takes.</summary>
[Cmdlet(VerbsCommon.Get, "LlmMemoryEstimate")]
[OutputType(typeof(MemoryEstimate))]
public sealed class GetLlmMemoryEstimateCommand : EstimateCommand
{
    private static readonly TrainingWorkload NoTraining = new();

    private string[] _trainingSettings = [];
    private bool _anyInference;
    private bool _anyTraining;

    /// <summary>How the weights are stored.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "How the weights are stored: F32, F16, BF16, FP8, INT8, NF4, INT4, or another spelling of these. BF16 when not said.")]
    [DataTypeTransformation]
    [ArgumentCompleter(typeof(DataTypeCompleter))]
    public DataTypeArgument[] DataType { get; set; } = [new(null)];

    /// <summary>Serving or training.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "What is done with the model: Inference, Training, or both. Inference when not said.")]
    [ModeTransformation]
    [ArgumentCompleter(typeof(ModeCompleter))]
    public ModeArgument[] Mode { get; set; } = [new(null)];

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
    }

    private protected override void CollectSettingErrors()
    {
        CollectErrors(DataType);
        CollectErrors(Mode);
        base.CollectSettingErrors();
    }

    private protected override void WriteEstimates(long parameters)
    {
        foreach (var dataType in DataType)
        {
            foreach (var mode in Mode)
            {
                WriteEstimates(parameters, dataType.Value, mode.Value);
            }
        }
    }

    private void WriteEstimates(long parameters, DataType? dataType, EstimateMode? mode)
    {
        if (mode == EstimateMode.Training)
        {
            _anyTraining = true;
            foreach (var workload in TrainingWorkloads())
            {
                WriteEstimate(() => ModelEstimator.Estimate(parameters, dataType, mode, workload));
            }
        }
        else
        {
            // Training settings do not multiply the records of a mode that does not use them.
            _anyInference = true;
            WriteEstimate(() => ModelEstimator.Estimate(parameters, dataType, mode, NoTraining));
        }
    }
}
