using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;

namespace LlmMemory.Commands;

/// <content>The settings of engines that fill a device with a pool for the cache.</content>
public abstract partial class ServingCommand
{
    /// <summary>One device's memory as its driver shows it to the engine.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "One device's memory as its driver shows it to the engine: 80GB or '79.19 GiB', both in steps of 1024. vLLM, SGLang and TensorRT-LLM fill it with their cache; Ollama chooses its context by it.")]
    [DeviceMemoryTransformation]
    [ArgumentCompleter(typeof(DeviceMemoryCompleter))]
    public DeviceMemoryArgument[] DeviceMemory { get; set; } = [new(null)];

    /// <summary>The share of a device that vLLM may take.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The share of a device: gpu_memory_utilization of vLLM, mem_fraction_static of SGLang; of TensorRT-LLM, the share of what is free after loading. 0.9, 90 or 90%.")]
    [MemoryUtilizationTransformation]
    [ArgumentCompleter(typeof(MemoryUtilizationCompleter))]
    public MemoryUtilizationArgument[] GpuMemoryUtilization { get; set; } = [new(null)];

    /// <summary>The sequences that vLLM runs at once at most, max_num_seqs.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The sequences that run at once at most: max_num_seqs of vLLM, max_running_requests of SGLang, max_batch_size of TensorRT-LLM.")]
    [Alias("MaxNumSeqs")]
    [CountSettingTransformation(nameof(MaxSequences), 1, "256")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] MaxSequences { get; set; } = [new(null, nameof(MaxSequences), 1, "256")];

    /// <summary>The tokens that one pass of vLLM works on at most, max_num_batched_tokens.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The tokens that one pass works on at most: max_num_batched_tokens of vLLM, chunked_prefill_size of SGLang, max_num_tokens of TensorRT-LLM.")]
    [Alias("MaxNumBatchedTokens")]
    [TokenCountTransformation(nameof(MaxBatchedTokens), "8k")]
    [ArgumentCompleter(typeof(ContextLengthCompleter))]
    public TokenCountArgument[] MaxBatchedTokens { get; set; } = [new(null, nameof(MaxBatchedTokens), "8k")];

    /// <summary>Experts whole on their ranks.</summary>
    [Parameter(HelpMessage = "Spread experts over the ranks whole, instead of splitting each.")]
    [Alias("EP")]
    public SwitchParameter ExpertParallel { get; set; }

    /// <summary>No prefix cache.</summary>
    [Parameter(HelpMessage = "Without a prefix cache.")]
    public SwitchParameter NoPrefixCaching { get; set; }

    /// <summary>No CUDA graphs.</summary>
    [Parameter(HelpMessage = "Without CUDA graphs.")]
    public SwitchParameter EnforceEager { get; set; }

    /// <summary>The adapters that vLLM keeps loaded, max_loras.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The adapters that vLLM keeps loaded, max_loras.")]
    [Alias("MaxLoras")]
    [CountSettingTransformation(nameof(LoraSlots), 1, "4")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] LoraSlots { get; set; } = [new(null, nameof(LoraSlots), 1, "4")];

    /// <summary>The largest rank of an adapter in vLLM.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The largest rank of an adapter in vLLM. 16 when not said.")]
    [CountSettingTransformation(nameof(MaxLoraRank), 1, "16")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] MaxLoraRank { get; set; } = [new(null, nameof(MaxLoraRank), 1, "16")];

    /// <summary>The tokens that vLLM drafts ahead of each step.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The tokens that are drafted ahead of each step.")]
    [CountSettingTransformation(nameof(SpeculativeTokens), 0, "2")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] SpeculativeTokens { get; set; } = [new(null, nameof(SpeculativeTokens), 0, "2")];
}
