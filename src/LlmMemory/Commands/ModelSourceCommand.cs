using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using System.Threading;
using LlmMemory.Completion;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Commands;

/// <summary>
/// What commands that read models share: the files and the hub that a model can come from, and what a user may say
/// about how it is read. A model that cannot be read is an error of its own, and the rest goes on.
/// </summary>
public abstract class ModelSourceCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private HubReading? _hub;

    /// <summary>Files or folders, wildcards allowed.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = ModelParameterSets.Path,
        HelpMessage = "A config.json, a .safetensors file or its index, a .gguf file, or a model's folder. Wildcards are allowed.")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files or folders, taken as they are.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = ModelParameterSets.LiteralPath,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "As -Path, without wildcards; Get-ChildItem's output binds here.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Models on the hub.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = ModelParameterSets.ModelId,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "A model on the Hugging Face Hub, owner/name or owner/name:Q4_K_M. This opens a connection; nothing else does.")]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ModelId { get; set; } = [];

    /// <summary>The revision on the hub.</summary>
    [Parameter(
        ParameterSetName = ModelParameterSets.ModelId,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "A branch, tag or commit on the hub. main when not said.")]
    public string? Revision { get; set; }

    /// <summary>The access token.</summary>
    [Parameter(
        ParameterSetName = ModelParameterSets.ModelId,
        HelpMessage = "An access token for gated or private models. HF_TOKEN, or the token that huggingface-cli stored, when not said.")]
    public SecureString? Token { get; set; }

    /// <summary>The family whose rules apply.</summary>
    [Parameter(
        HelpMessage = "Read the configuration by the rules of this model_type although it names another, at your own risk.")]
    [ArgumentCompleter(typeof(ArchitectureCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Architecture { get; set; }

    /// <summary>The language model alone.</summary>
    [Parameter(HelpMessage = "Leave vision and audio towers out, where a model has them.")]
    public SwitchParameter TextOnly { get; set; }

    /// <summary>Set when the user ends the command.</summary>
    private protected CancellationToken Ending => _stopping.Token;

    /// <summary>What the user says about the models that are read.</summary>
    private protected ModelReadingOptions ReadingOptions => new() { Architecture = Architecture, TextOnly = TextOnly };

    /// <inheritdoc/>
    public void Dispose()
    {
        _hub?.Dispose();
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _stopping.Cancel();
    }

    /// <summary>True where somebody reads the verbose stream, so that what it says is worth writing out.</summary>
    private protected bool IsVerbose => MyInvocation.BoundParameters.TryGetValue("Verbose", out var said)
        ? said is SwitchParameter { IsPresent: true }
        : SessionState.PSVariable.GetValue("VerbosePreference") is ActionPreference preference && preference != ActionPreference.SilentlyContinue;

    /// <summary>Reads the models that the current parameter set names; one that fails is an error of its own.</summary>
    private protected IEnumerable<LlmModel> ReadNamedModels()
    {
        return ParameterSetName switch
        {
            ModelParameterSets.Path => ReadEach(ModelPaths.Resolve(this, Path), FromPath),
            ModelParameterSets.LiteralPath => ReadEach(ModelPaths.ResolveLiteral(this, LiteralPath), FromPath),
            ModelParameterSets.ModelId => ReadEach(ModelId, FromHub),
            _ => [],
        };
    }

    /// <summary>Reads sources one by one; one that fails is an error of its own.</summary>
    private protected IEnumerable<TResult> ReadEach<TSource, TResult>(IEnumerable<TSource> sources, Func<TSource, TResult> read)
        where TResult : class
    {
        foreach (var source in sources)
        {
            if (TryRead(() => read(source), out var result))
            {
                yield return result!;
            }
        }
    }

    private protected LlmModel FromPath(string path)
    {
        var readings = new FileReadings();
        var model = ModelReader.FromPath(path, ReadingOptions with { Readings = readings });
        WriteVerbose($"Read {path}: {readings}.");
        return model;
    }

    private protected LlmModel FromCatalogue(CatalogueEntry entry)
    {
        WriteVerbose($"Took {entry.Name} from the built-in catalogue; no file.");
        return ModelReader.FromCatalogue(entry, ReadingOptions);
    }

    private LlmModel FromHub(string modelId)
    {
        _hub ??= OpenHub();
        var name = HubName.Parse(modelId);
        var revision = string.IsNullOrWhiteSpace(Revision) ? null : Revision;
        return _hub.Read(name.Id, revision, ReadingOptions with { Variant = name.Variant });
    }

    // The token and the hub's address hold for every model, so a bad one ends the command.
    private HubReading OpenHub()
    {
        try
        {
            return new HubReading(this, Token, _stopping.Token);
        }
        catch (LlmMemoryException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
            throw;
        }
    }

    private bool TryRead<T>(Func<T> read, out T? result)
        where T : class
    {
        result = null;
        try
        {
            result = read();
            return true;
        }
        catch (LlmMemoryException error)
        {
            WriteError(ErrorRecords.From(error));
            return false;
        }
    }
}
