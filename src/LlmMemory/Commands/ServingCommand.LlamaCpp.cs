using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;

namespace LlmMemory.Commands;

/// <content>The settings of llama.cpp and of the programs that start it.</content>
public abstract partial class ServingCommand
{
    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the tokens of a logical batch. 2048 when not said.")]
    [Alias("b")]
    [CountSettingTransformation(nameof(BatchSize), 1, "2048")]
    [ArgumentCompleter(typeof(BatchTokensCompleter))]
    public CountSettingArgument[] BatchSize { get; set; } = [new(null, nameof(BatchSize), 1, "2048")];

    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the layers on GPUs, counted from the last; the output counts as one. All when not said.")]
    [Alias("ngl")]
    [CountSettingTransformation(nameof(GpuLayers), 0, "99")]
    [ArgumentCompleter(typeof(LayerCountCompleter))]
    public CountSettingArgument[] GpuLayers { get; set; } = [new(null, nameof(GpuLayers), 0, "99")];

    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the GPUs, 0 for none. 1 when not said.")]
    [CountSettingTransformation(nameof(GpuCount), 0, "1")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] GpuCount { get; set; } = [new(null, nameof(GpuCount), 0, "1")];

    /// <summary>The share of each GPU.</summary>
    [Parameter(HelpMessage = "llama.cpp: the share of each GPU, 3,1 for three quarters on the first. Equal shares when not said.")]
    [Alias("ts")]
    [ValidateNotNullOrEmpty]
    public double[] TensorSplit { get; set; } = [];

    /// <summary>How a model is spread over GPUs.</summary>
    [Parameter(HelpMessage = "llama.cpp: how the model is spread over GPUs, layer or none. layer when not said.")]
    [Alias("sm")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SplitModeCompleter))]
    public string? SplitMode { get; set; }

    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the GPU that is used where only one is.")]
    [Alias("mg")]
    [CountSettingTransformation(nameof(MainGpu), 0, "0")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] MainGpu { get; set; } = [new(null, nameof(MainGpu), 0, "0")];

    /// <summary>Tensors that lie somewhere else.</summary>
    [Parameter(HelpMessage = "llama.cpp: tensors that lie somewhere else, each rule regex=buffer: 'exps=CPU'.")]
    [Alias("ot")]
    [ValidateNotNullOrEmpty]
    public string[] OverrideTensor { get; set; } = [];

    /// <summary>All experts on the host.</summary>
    [Parameter(HelpMessage = "llama.cpp: keep the experts of all layers on the host.")]
    public SwitchParameter CpuMoe { get; set; }

    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the first layers whose experts stay on the host.")]
    [Alias("ncmoe")]
    [CountSettingTransformation(nameof(CpuMoeLayers), 0, "10")]
    [ArgumentCompleter(typeof(LayerCountCompleter))]
    public CountSettingArgument[] CpuMoeLayers { get; set; } = [new(null, nameof(CpuMoeLayers), 0, "10")];

    /// <summary>Caches on the host.</summary>
    [Parameter(HelpMessage = "llama.cpp: keep caches on the host.")]
    [Alias("nkvo")]
    public SwitchParameter NoKvOffload { get; set; }

    /// <summary>One cache for all sequences.</summary>
    [Parameter(HelpMessage = "llama.cpp: one cache that all sequences share. So it is where -Concurrency is not said.")]
    [Alias("kvu")]
    public SwitchParameter UnifiedKv { get; set; }

    /// <summary>Fused attention.</summary>
    [Parameter(HelpMessage = "llama.cpp: fused attention, -FlashAttention:$false for none. llama.cpp decides when not said.")]
    [Alias("fa")]
    public SwitchParameter FlashAttention { get; set; }

    /// <summary>The file read, not mapped.</summary>
    [Parameter(HelpMessage = "llama.cpp: read the file instead of mapping it.")]
    public SwitchParameter NoMemoryMap { get; set; }
}
