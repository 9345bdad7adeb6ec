using System;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Commands;

/// <content>What llama.cpp loads beside the model: towers, adapters, a model that drafts.</content>
public abstract partial class ServingCommand
{
    private Lazy<InferenceWorkload>? _further;

    /// <summary>The towers' file.</summary>
    [Parameter(HelpMessage = "llama.cpp: the mmproj file with the towers that turn images or sound into tokens.")]
    [Alias("mmproj")]
    [ValidateNotNullOrEmpty]
    public string? Projector { get; set; }

    /// <summary>The adapters' files.</summary>
    [Parameter(HelpMessage = "llama.cpp: LoRA adapters that are loaded beside the model, GGUF or PEFT.")]
    [Alias("lora")]
    [ValidateNotNullOrEmpty]
    public string[] LoraAdapter { get; set; } = [];

    /// <summary>The model that drafts.</summary>
    [Parameter(HelpMessage = "llama.cpp: a smaller model that drafts tokens: a name of the catalogue, or a model from Get-LlmModel.")]
    [Alias("md")]
    [ValidateCount(0, 1)]
    [ModelTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelArgument[] DraftModel { get; set; } = [];

    /// <summary>The layers of that model on GPUs.</summary>
    [Parameter(HelpMessage = "llama.cpp: the layers of the drafting model on GPUs. All when not said.")]
    [Alias("ngld")]
    [CountSettingTransformation(nameof(DraftGpuLayers), 0, "99")]
    [ArgumentCompleter(typeof(LayerCountCompleter))]
    public CountSettingArgument[] DraftGpuLayers { get; set; } = [new(null, nameof(DraftGpuLayers), 0, "99")];

    // They are typed, so they are read once, and a bad one ends the command.
    private InferenceWorkload FurtherModels()
    {
        _further ??= new Lazy<InferenceWorkload>(ReadFurtherModels);
        try
        {
            return _further.Value;
        }
        catch (LlmMemoryException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
            throw;
        }
    }

    private InferenceWorkload ReadFurtherModels()
    {
        var workload = new InferenceWorkload();
        return workload with
        {
            Projector = Projector is null ? null : FromPath(GetUnresolvedProviderPathFromPSPath(Projector)),
            LoraAdapter = LoraAdapter.Length == 0 ? workload.LoraAdapter : [.. LoraAdapter.Select(GetUnresolvedProviderPathFromPSPath).Select(FromPath)],
            DraftModel = DraftModel.Select(Drafting).FirstOrDefault(),
            DraftGpuLayers = DraftGpuLayers[0].Value,
        };
    }

    private LlmModel? Drafting(ModelArgument argument)
    {
        return argument.Value as LlmModel ?? (argument.Value is CatalogueEntry entry ? FromCatalogue(entry) : null);
    }
}
