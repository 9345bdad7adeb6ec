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
        ParameterSetName = ModelParameterSets.Local,
        HelpMessage = "A name of a model on this machine, wildcards allowed. All when not said.")]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    [SupportsWildcards]
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
            ModelParameterSets.Name => Name.SelectMany(FromCatalogue),
            ModelParameterSets.Local => FromThisMachine(),
            ModelParameterSets.Json => ReadEach(Json, json => ModelReader.FromConfig(json, ReadingOptions)),
            _ => ReadNamedModels(),
        };
    }

    private IEnumerable<LlmModel> FromCatalogue(string name)
    {
        return ReadEach(Entries(name), entry => ModelReader.FromCatalogue(entry, ReadingOptions));
    }

    private IEnumerable<CatalogueEntry> Entries(string name)
    {
        if (ModelCatalogue.All.TryFind(name, out var entry))
        {
            return [entry];
        }

        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            // A pattern that matches nothing is no error, as with Get-ChildItem.
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            return ModelCatalogue.All.Where(item => pattern.IsMatch(item.Name) || pattern.IsMatch(item.Id));
        }

        WriteError(ErrorRecords.From(ModelCatalogue.All.Unknown(name)));
        return [];
    }

    private IEnumerable<LlmModel> FromThisMachine()
    {
        var patterns = Name.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        var found = LocalStores.Find(problem: WriteProblem)
            .Where(model => patterns.Any(pattern => pattern.IsMatch(model.Name)));
        return ReadEach(Complete(found), model => FromPath(model.Path).Named(model.Name));
    }

    private IEnumerable<LocalModel> Complete(IEnumerable<LocalModel> models)
    {
        foreach (var model in models)
        {
            if (model.IsComplete)
            {
                yield return model;
            }
            else
            {
                WriteWarning($"{model.Name} in {model.Store} is not complete and is left out: {model.Path}");
            }
        }
    }

    private void WriteProblem(LocalStoreProblem problem)
    {
        WriteWarning(problem.ToString());
    }
}
