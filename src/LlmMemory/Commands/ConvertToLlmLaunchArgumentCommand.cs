using System;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Errors;
using LlmMemory.Launching;

namespace LlmMemory.Commands;

/// <summary>Writes what has to be typed, saved or handed in to start what was estimated.</summary>
[Cmdlet(VerbsData.ConvertTo, "LlmLaunchArgument")]
[OutputType(typeof(string), typeof(LaunchDocument))]
public sealed class ConvertToLlmLaunchArgumentCommand : PSCmdlet
{
    /// <summary>The estimates.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "A plan from Find-LlmDeployment, or the estimate, from Get-LlmMemoryEstimate -Model ... -Engine ... or Get-LoraMemoryEstimate -Model ...; a copy from remoting, a job or Clixml is as good.")]
    [EstimateTransformation]
    [AllowNull]
    [AllowEmptyCollection]
    public EstimateArgument[] Estimate { get; set; } = [];

    /// <summary>What starts it.</summary>
    [Parameter(
        Position = 1,
        HelpMessage = "What starts it: vLLM, SGLang, LlamaCpp, Ollama, TGI, DeepSpeed, Accelerate, torchrun, Kubernetes, Slurm, Ray. What was estimated when not said.")]
    [NamedTransformation(typeof(LaunchTarget))]
    [ArgumentCompleter(typeof(SettingCompleter<LaunchTarget>))]
    public NamedArgument<LaunchTarget>[] Target { get; set; } = [new(null)];

    /// <summary>Where the model lies.</summary>
    [Parameter(HelpMessage = "Where the model lies on the machine that starts it, or its name on the hub. What the catalogue has for its name when not said.")]
    [Alias("ModelId")]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelPath { get; set; }

    /// <summary>The shell of commands.</summary>
    [Parameter(HelpMessage = "The shell that commands are written for: Bash or PowerShell. Bash when not said, wherever this runs: engines run on Linux.")]
    [ValidateCount(1, 1)]
    [NamedTransformation(typeof(LaunchShell))]
    [ArgumentCompleter(typeof(SettingCompleter<LaunchShell>))]
    public NamedArgument<LaunchShell>[] Shell { get; set; } = [new(null)];

    /// <summary>Who makes the GPUs.</summary>
    [Parameter(HelpMessage = "Who makes the GPUs, which decides on the resource of Kubernetes: NVIDIA, AMD, Intel. NVIDIA when not said.")]
    [ValidateCount(1, 1)]
    [NamedTransformation(typeof(GpuVendor))]
    [ArgumentCompleter(typeof(SettingCompleter<GpuVendor>))]
    public NamedArgument<GpuVendor>[] GpuVendor { get; set; } = [new(null)];

    /// <summary>The GPUs of a node.</summary>
    [Parameter(HelpMessage = "The GPUs of a node. All GPUs are in one node when not said, or 8 of more than 8 in each.")]
    [ValidateCount(1, 1)]
    [CountSettingTransformation(nameof(GpusPerNode), 1, "8")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] GpusPerNode { get; set; } = [new(null, nameof(GpusPerNode), 1, "8")];

    /// <summary>True for objects.</summary>
    [Parameter(HelpMessage = "Writes objects with the settings, the comments and the text, not the text alone.")]
    public SwitchParameter AsObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var errors = Target.Select(target => target.Error)
            .Concat([Shell[0].Error, GpuVendor[0].Error, GpusPerNode[0].Error, PathError()]);
        if (errors.FirstOrDefault(error => error is not null) is { } first)
        {
            ThrowTerminatingError(ErrorRecords.From(first));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var estimate in Estimate)
        {
            TryDo(() => WriteStarts(estimate.Value with
            {
                ModelPath = ModelPath,
                GpuVendor = GpuVendor[0].Value ?? estimate.Value.GpuVendor,
                GpusPerNode = GpusPerNode[0].Value ?? estimate.Value.GpusPerNode,
            }));
        }
    }

    private void WriteStarts(LaunchRequest request)
    {
        if (request.Refusal is { } refusal)
        {
            WriteWarning($"{request.Engine} refuses to start: {refusal}");
        }

        foreach (var target in Target)
        {
            TryDo(() => WriteStart((target.Value ?? LaunchTargets.DefaultFor(request)).Write(request, Shell[0].Value)));
        }
    }

    private void WriteStart(LaunchDocument document)
    {
        WriteObject(AsObject ? document : document.Text);
    }

    // A place that no model can have ends the command before its first record.
    private LlmMemoryException? PathError()
    {
        try
        {
            if (ModelPath is not null)
            {
                LaunchRequest.CheckModelPath(ModelPath);
            }

            return null;
        }
        catch (LlmMemoryException error)
        {
            return error;
        }
    }

    private void TryDo(Action write)
    {
        try
        {
            write();
        }
        catch (LlmMemoryException error)
        {
            WriteError(ErrorRecords.From(error));
        }
    }
}
