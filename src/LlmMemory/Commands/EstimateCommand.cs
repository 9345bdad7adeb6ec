using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Cases;
using LlmMemory.Models;
using LlmMemory.Quantities;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Commands;

/// <summary>
/// What the estimate cmdlets share: the model's size, how it is trained, and how bad values and unusual ones are
/// reported. A bad setting on the command line ends the command; a bad record in the pipeline is an error of its own,
/// and the rest goes on.
/// </summary>
public abstract partial class EstimateCommand : ModelSourceCommand
{
    private const string ModelHelp = "A model from Get-LlmModel, or a name of the built-in catalogue: llama-3.1-8b.";

    private const string CountHelp =
        "The model's parameter count: 7B, 350M, 1.5T, 7e9, 7000000000, '7,000,000,000' or '7 billion'.";

    private readonly NamedModels _named = new();
    private readonly List<LlmMemoryException> _settingErrors = [];
    private bool _isFormatTyped;

    /// <summary>The model's parameter count.</summary>
    /// <remarks>
    /// Count and model are members of each other's sets, because records of estimates have both: there the model
    /// decides, and the count stands in where a record names no model, or none that is known. That is why the count is
    /// not mandatory: PowerShell would ask for it where a model is typed.
    /// </remarks>
    [Parameter(
        Position = 0,
        ParameterSetName = ModelParameterSets.Parameters,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = CountHelp)]
    [Parameter(
        DontShow = true,
        ParameterSetName = ModelParameterSets.Model,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = CountHelp)]
    [CountTransformation]
    [ArgumentCompleter(typeof(ModelSizeCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    public CountArgument[] Parameters { get; set; } = [];

    /// <summary>The model.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = ModelParameterSets.Model,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ModelHelp)]
    [Parameter(
        DontShow = true,
        ParameterSetName = ModelParameterSets.Parameters,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ModelHelp)]
    [ModelTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    public ModelArgument[] Model { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Only what was typed is bound by now; what the pipeline brings comes record by record.
        _isFormatTyped = MyInvocation.BoundParameters.ContainsKey(FormatParameter);
        ReadConfiguration();
        CollectSettingErrors();
        if (_settingErrors.Count > 0)
        {
            ThrowTerminatingError(ErrorRecords.From(_settingErrors[0]));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Model.Any(argument => argument.Error is null && argument.Value is LlmModel))
        {
            ForgetPropertiesOfModel();
        }

        TakeModelOfConfiguration();
        _settingErrors.Clear();
        CollectSettingErrors();
        foreach (var error in _settingErrors)
        {
            WriteError(ErrorRecords.From(error));
        }

        if (Model.Any(IsGiven))
        {
            WriteEstimatesOfEach(ReadEach(Model, FromArgument));
        }
        else if (ParameterSetName is ModelParameterSets.Parameters or ModelParameterSets.Model)
        {
            WriteEstimatesOfCounts(Parameters.Length > 0 ? Parameters : [new CountArgument(null)]);
        }
        else
        {
            WriteEstimatesOfEach(ReadNamedModels());
        }
    }

    /// <summary>
    /// Forgets what was bound from the properties of a piped model: they say how the model is, not what is asked of it.
    /// </summary>
    private protected virtual void ForgetPropertiesOfModel()
    {
        if (!_isFormatTyped)
        {
            ForgetFormat();
        }
    }

    /// <summary>The name of the parameter that says how the model's weights are stored.</summary>
    private protected abstract string FormatParameter { get; }

    /// <summary>Takes the weights as they are, whatever that parameter says.</summary>
    private protected abstract void ForgetFormat();

    /// <summary>Writes the estimates of one count, one for each combination of settings.</summary>
    /// <param name="parameters">The model's count of weights.</param>
    private protected abstract void WriteEstimates(long parameters);

    /// <summary>Writes the estimates of one model, one for each combination of settings.</summary>
    /// <param name="model">The model.</param>
    private protected abstract void WriteEstimates(LlmModel model);

    /// <summary>Collects the errors of every setting but the model's size.</summary>
    private protected virtual void CollectSettingErrors()
    {
        CollectErrors(Optimizer);
        CollectErrors(SafetyMargin);
        CollectErrors(TrainingMultiplier);
        CollectRunErrors();
    }

    /// <summary>Collects the errors among a parameter's values.</summary>
    private protected void CollectErrors<T>(BoundArgument<T>[] arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Error is not null)
            {
                _settingErrors.Add(argument.Error);
            }
        }
    }

    /// <summary>Answers a case: makes its estimate and writes it. One that fails is an error of its own.</summary>
    /// <param name="asked">The case.</param>
    /// <param name="view">A name that views select the estimate by beside its type; null for none.</param>
    private protected virtual void WriteCase(EstimateCase asked, string? view = null)
    {
        MemoryEstimate made;
        try
        {
            made = asked.Estimate();
        }
        catch (LlmMemoryException error)
        {
            WriteError(ErrorRecords.From(error));
            return;
        }

        var written = PSObject.AsPSObject(made);
        if (view is not null)
        {
            written.TypeNames.Insert(0, $"{typeof(MemoryEstimate).FullName}#{view}");
        }

        WriteObject(written);
        if (view is not null && IsVerbose)
        {
            foreach (var rule in FollowedRules.Of(made))
            {
                WriteVerbose(rule);
            }
        }
    }

    /// <summary>The model as its weights are to be stored; as it is where it is stored so already.</summary>
    private protected static LlmModel Stored(LlmModel model, WeightFormatArgument format)
    {
        return format.Name is null || format.Name == model.DataType || format.Name == model.Quantization
            ? model
            : format.Scheme.Quantize(model);
    }

    /// <summary>The data type of a format where only a count is known; a format that needs a model is an error.</summary>
    private protected bool TryGetDataType(WeightFormatArgument format, out DataType? dataType)
    {
        dataType = null;
        try
        {
            dataType = format.DataType;
            return true;
        }
        catch (LlmMemoryException error)
        {
            WriteError(ErrorRecords.From(error));
            return false;
        }
    }

    /// <summary>Warns of a count so small that its unit was probably forgotten.</summary>
    private protected void WarnOfForgottenUnit(long parameters)
    {
        if (parameters < ParameterCount.SuspiciouslyFew)
        {
            WriteWarning($"{parameters} is taken as {parameters} parameters; for {parameters} billion write {parameters}B.");
        }
    }

    // Beside a parameter count, a model that nobody knows is a label, as a column of a table has it: the count decides.
    private bool IsGiven(ModelArgument argument)
    {
        return argument.Error is null ? argument.Value is not null : Parameters.Length == 0;
    }

    private LlmModel FromArgument(ModelArgument argument)
    {
        return argument.Value as LlmModel ?? _named.Get((CatalogueEntry)argument.Value!, FromCatalogue);
    }

    private void WriteEstimatesOfEach(IEnumerable<LlmModel> models)
    {
        foreach (var model in models)
        {
            if (_settingErrors.Count == 0)
            {
                WriteEstimates(model);
            }
        }
    }

    private void WriteEstimatesOfCounts(CountArgument[] counts)
    {
        foreach (var count in counts)
        {
            if (count.Error is not null)
            {
                WriteError(ErrorRecords.From(count.Error));
            }
            else if (_settingErrors.Count == 0)
            {
                WarnOfForgottenUnit(count.Value);
                WriteEstimates(count.Value);
            }
        }
    }
}
