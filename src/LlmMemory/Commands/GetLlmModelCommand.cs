using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Sources.Local;

namespace LlmMemory.Commands;

/// <summary>Reads models: from the built-in catalogue, from files, from the hub, from what lies on this machine.</summary>
[Cmdlet(VerbsCommon.Get, "LlmModel", DefaultParameterSetName = ModelParameterSets.Name)]
[OutputType(typeof(LlmModel), typeof(ModelTensor))]
public sealed class GetLlmModelCommand : ModelSourceCommand
{
    /// <summary>Names of the catalogue, or of models on this machine.</summary>
    [Parameter(
        Position = 0,
        ValueFromPipeline = true,
        ParameterSetName = ModelParameterSets.Name,
        HelpMessage = "A name of the built-in catalogue, or of the hub, wildcards allowed: llama*, Qwen/*. All when not said.")]
    [Parameter(
        Position = 0,
        ValueFromPipeline = true,
        ParameterSetName = ModelParameterSets.Local,
        HelpMessage = "A name of a model on this machine, wildcards allowed. All when not said.")]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The models on this machine.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = ModelParameterSets.Local,
        HelpMessage = "List the models that lie on this machine: in the caches of Hugging Face and llama.cpp, in Ollama's store, in LM Studio's folder.")]
    public SwitchParameter Local { get; set; }

    /// <summary>Configurations as JSON text.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = ModelParameterSets.Json,
        HelpMessage = "The text of a config.json.")]
    [ValidateNotNullOrEmpty]
    public string[] Json { get; set; } = [];

    /// <summary>How the weights are to be stored.</summary>
    [Parameter(
        HelpMessage = "Store the weights otherwise: BF16, FP8-Block, NF4, GPTQ, Q4_K_M, or another scheme. As they are when not said.")]
    [WeightFormatTransformation]
    [ArgumentCompleter(typeof(WeightFormatCompleter))]
    public WeightFormatArgument[] DataType { get; set; } = [new(null)];

    /// <summary>Tensors instead of models.</summary>
    [Parameter(HelpMessage = "Write the model's tensors instead of the model.")]
    public SwitchParameter Tensor { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var wrong = DataType.FirstOrDefault(argument => argument.Error is not null);
        if (wrong is not null)
        {
            ThrowTerminatingError(ErrorRecords.From(wrong.Error!));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var model in Models())
        {
            foreach (var stored in ReadEach(DataType, format => format.Name is null ? model : format.Scheme.Quantize(model)))
            {
                WriteObject(Tensor ? stored.Tensors : stored, enumerateCollection: Tensor);
            }
        }
    }

    private IEnumerable<LlmModel> Models()
    {
        return ParameterSetName switch
        {
            ModelParameterSets.Name => Name.SelectMany(Named),
            ModelParameterSets.Local => ReadEach(LocalListing.Find(this, Name), FromStore),
            ModelParameterSets.Json => ReadEach(Json, FromJson),
            _ => ReadNamedModels(),
        };
    }

    private IEnumerable<LlmModel> Named(string name)
    {
        return ReadEach(Entries(name), FromCatalogue);
    }

    private IEnumerable<CatalogueEntry> Entries(string name)
    {
        if (ModelCatalogue.All.TryFind(name, out var entry))
        {
            return [entry];
        }

        var pattern = new NamePattern(name);
        if (pattern.HasWildcards)
        {
            // A pattern that matches nothing is no error, as with Get-ChildItem.
            return ModelCatalogue.All.Where(item => pattern.Matches(item.Name) || pattern.Matches(item.Id));
        }

        WriteError(ErrorRecords.From(ModelCatalogue.All.Unknown(name)));
        return [];
    }

    private LlmModel FromJson(string json)
    {
        var model = ModelReader.FromConfig(json, ReadingOptions);
        WriteVerbose($"Read {model.Name} from the {json.Length} letters of -Json; no file.");
        return model;
    }

    private LlmModel FromStore(LocalModel local)
    {
        var readings = new FileReadings();
        var model = ModelReader.FromStore(local, ReadingOptions with { Readings = readings });
        WriteVerbose($"Read {local.Path}: {readings}.");
        return model;
    }
}
