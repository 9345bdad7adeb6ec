using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Errors;
using LlmMemory.Estimation.Training.Configuration;
using LlmMemory.Models;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Commands;

/// <content>Settings of a training from the configuration files of its frameworks. What is typed comes before them.</content>
public abstract partial class EstimateCommand
{
    private bool _usesConfiguration;

    /// <summary>The configuration files of one run.</summary>
    [Parameter(HelpMessage = "Training: the configuration files of one run: an Axolotl, accelerate, torchtune or LLaMA-Factory YAML, a DeepSpeed or TrainingArguments JSON, an adapter_config.json. What is typed comes before them. Wildcards are allowed.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ConfigPath { get; set; } = [];

    /// <summary>What the files say; null where none are given.</summary>
    private protected TrainingConfiguration? Configuration { get; private set; }

    /// <summary>The error of files that this command does not estimate; null for those that it does.</summary>
    private protected abstract LlmMemoryException? Refusal(TrainingConfiguration configuration);

    /// <summary>The formats that were said; that of the files where none was, and the model's weights are not packed.</summary>
    private protected IEnumerable<WeightFormatArgument> FormatsFor(LlmModel model, WeightFormatArgument[] said)
    {
        var isOpen = !_isFormatTyped && said.All(format => format.Value is null);
        return Configuration?.WeightFormat is { } format && isOpen && model.Quantization is null ? [new WeightFormatArgument(format)] : said;
    }

    /// <summary>Warns of files that no estimate took anything from.</summary>
    private protected void WarnOfUnusedConfiguration()
    {
        if (Configuration is not null && !_usesConfiguration)
        {
            WriteWarning("-ConfigPath changed nothing: it belongs to the training of a known model. Give a model: -Model llama-3.1-8b.");
        }
    }

    /// <summary>True where a parameter was typed.</summary>
    private protected bool IsTyped(string parameter)
    {
        return MyInvocation.BoundParameters.ContainsKey(parameter);
    }

    // The run of the files, before what was typed. One of two settings that say each other is forgotten for the other.
    private TrainingRun ConfiguredRun()
    {
        _usesConfiguration = true;
        var run = Configuration?.Run ?? new TrainingRun();
        return run with
        {
            OptimizerInBackward = IsTyped(nameof(OptimizerInBackward)) ? OptimizerInBackward : run.OptimizerInBackward,
            GlobalBatchSize = GradientAccumulation.Any(IsSaid) ? null : run.GlobalBatchSize,
            GradientAccumulation = GlobalBatchSize.Any(IsSaid) ? null : run.GradientAccumulation,
        };
    }

    private void ReadConfiguration()
    {
        if (ConfigPath.Length == 0)
        {
            return;
        }

        try
        {
            var paths = new FileSystemPaths(this, NotFound).Resolve(ConfigPath).ToArray();
            Configuration = TrainingConfiguration.FromPaths(paths.Length > 0 ? paths : throw NotFound(ConfigPath[0], "matches no file", null));
            WriteVerbose($"Read {string.Join(", ", paths)}: {Configuration.Framework?.Name ?? "any framework"}, model {Configuration.Model ?? "not named"}.");
            if (Refusal(Configuration) is { } refusal)
            {
                throw refusal;
            }
        }
        catch (LlmMemoryException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
        }
    }

    // Neither a model nor a count was given: the one that the files name.
    private void TakeModelOfConfiguration()
    {
        var isAsked = ParameterSetName is ModelParameterSets.Parameters or ModelParameterSets.Model;
        if (Configuration?.Model is not { } name || !isAsked || Model.Length > 0 || Parameters.Length > 0)
        {
            return;
        }

        if (Configuration.FindModel() is { } entry)
        {
            Model = [new ModelArgument(entry.Name)];
            return;
        }

        ThrowTerminatingError(ErrorRecords.From(new LlmMemoryException(
            ErrorIds.ModelUnknown,
            name,
            $"The configuration is for the model '{name}', which is not built in. Give it beside the configuration: -Path its folder, -ModelId owner/name, "
            + "or one that is built alike, -Model llama-3.1-8b.")));
    }

    private static bool IsSaid(CountSettingArgument argument)
    {
        return argument.Error is null && argument.Value is not null;
    }

    private LlmMemoryException NotFound(string path, string problem, Exception? error)
    {
        var notFound = new LlmMemoryException(
            ErrorIds.TrainingConfigNotFound, path, $"'{path}' {problem}. Give a configuration such as ./qlora.yml or ./ds_config.json.", error);
        ThrowTerminatingError(ErrorRecords.From(notFound));
        return notFound;
    }
}
