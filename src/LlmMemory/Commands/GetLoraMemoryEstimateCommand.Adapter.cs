using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Adapters;
using LlmMemory.Binding;
using LlmMemory.Completion;

namespace LlmMemory.Commands;

/// <content>The adapter of a known model, in the words of PEFT's configurations.</content>
public sealed partial class GetLoraMemoryEstimateCommand
{
    /// <summary>The adapter's method.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The adapter's method for a known model: LoRA, DoRA, AdaLoRA, VeRA, LoHa, LoKr, IA3, OFT, PrefixTuning and others. LoRA when not said.")]
    [Alias("PeftType")]
    [NamedTransformation(typeof(Adapters.AdapterMethod))]
    [ArgumentCompleter(typeof(SettingCompleter<Adapters.AdapterMethod>))]
    public NamedArgument<Adapters.AdapterMethod>[] AdapterMethod { get; set; } = [new(null)];

    /// <summary>The rank.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The adapter's rank: 8, 16, 64. PEFT's default for the method when not said.")]
    [Alias("LoraRank")]
    [CountSettingTransformation(nameof(Rank), 1, "16")]
    [ArgumentCompleter(typeof(RankCompleter))]
    public CountSettingArgument[] Rank { get; set; } = [new(null, nameof(Rank), 1, "16")];

    /// <summary>The modules that have an adapter.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The modules that have an adapter: names or ends of paths, 're:' and an expression for whole paths, or all-linear. PEFT's default for the model when not said.")]
    [NameListTransformation]
    [ArgumentCompleter(typeof(TargetModuleCompleter))]
    [AllowEmptyCollection]
    public string[] TargetModules { get; set; } = [];

    /// <summary>Modules that have none.</summary>
    [Parameter(HelpMessage = "Modules that have no adapter although they are meant, by names or expressions.")]
    [NameListTransformation]
    [ArgumentCompleter(typeof(TargetModuleCompleter))]
    [AllowEmptyCollection]
    public string[] ExcludeModules { get; set; } = [];

    /// <summary>Bare parameters that have an adapter.</summary>
    [Parameter(HelpMessage = "Bare parameters that have a LoRA, by the ends of their names: experts.gate_up_proj, which no name of a module reaches.")]
    [NameListTransformation]
    [ArgumentCompleter(typeof(TargetParameterCompleter))]
    [AllowEmptyCollection]
    public string[] TargetParameters { get; set; } = [];

    /// <summary>The layers that have adapters.</summary>
    [Parameter(HelpMessage = "The layers that have adapters, from 0: 0, 1, 2 or (0..15). All when not said.")]
    [AllowEmptyCollection]
    public int[] LayersToTransform { get; set; } = [];

    /// <summary>What stands before a layer's number.</summary>
    [Parameter(HelpMessage = "What stands before the numbers of -LayersToTransform in the paths of modules: layers, h. Anything when not said.")]
    [ArgumentCompleter(typeof(LayersPatternCompleter))]
    [AllowEmptyCollection]
    public string[] LayersPattern { get; set; } = [];

    /// <summary>Ranks of single modules.</summary>
    [Parameter(HelpMessage = "Ranks of single modules: @{ q_proj = 32; down_proj = 8 }. The keys are regular expressions for ends of paths.")]
    [RankPatternTransformation]
    public RankPatternArgument RankPattern { get; set; } = new(null);

    /// <summary>Modules that are copied whole.</summary>
    [Parameter(HelpMessage = "Modules that are copied whole and trained beside the adapter: lm_head, embed_tokens.")]
    [NameListTransformation]
    [ArgumentCompleter(typeof(TargetModuleCompleter))]
    [AllowEmptyCollection]
    public string[] ModulesToSave { get; set; } = [];

    /// <summary>IA3's modules that are scaled at their input.</summary>
    [Parameter(HelpMessage = "IA3: those of the modules that are scaled at their input. PEFT's default for the model when not said.")]
    [NameListTransformation]
    [ArgumentCompleter(typeof(TargetModuleCompleter))]
    [AllowEmptyCollection]
    public string[] FeedForwardModules { get; set; } = [];

    /// <summary>The rows of a block.</summary>
    [Parameter(HelpMessage = "OFT and BOFT: the rows of a block, 32 and 4 when not said. LoKr: the factor that dimensions are split by.")]
    [CountSettingTransformation(nameof(BlockSize), 1, "32")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] BlockSize { get; set; } = [new(null, nameof(BlockSize), 1, "32")];

    /// <summary>The tokens that are trained.</summary>
    [Parameter(HelpMessage = "PrefixTuning, PromptTuning and PTuning: the virtual tokens. TrainableTokens: the rows of the embedding.")]
    [Alias("NumVirtualTokens")]
    [CountSettingTransformation(nameof(AdapterTokens), 1, "20")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] AdapterTokens { get; set; } = [new(null, nameof(AdapterTokens), 1, "20")];

    /// <summary>True where dropout comes before the adapter.</summary>
    [Parameter(HelpMessage = "What goes into the adapter passes dropout first, so that a mask and a dropped copy of it are kept (lora_dropout above 0).")]
    [Alias("LoraDropout")]
    public SwitchParameter AdapterDropout { get; set; }

    /// <summary>True where anything about the adapter was said that only a known model can answer.</summary>
    private bool SaysAdapter => SettingsOf(Fixed()).Any(specification => !IsEmpty(specification));

    /// <summary>Every adapter, the last parameter changing fastest.</summary>
    private IEnumerable<AdapterSpecification> Specifications()
    {
        return SettingsOf(Configured(Fixed())).With(AdapterDataType, (specification, value) => specification with { DataType = value });
    }

    private IEnumerable<AdapterSpecification> SettingsOf(AdapterSpecification specification)
    {
        return new[] { specification }
            .With(AdapterMethod, (asked, value) => asked with { Method = value })
            .With(Rank, (asked, value) => asked with { Rank = value })
            .With(BlockSize, (asked, value) => asked with { BlockSize = value })
            .With(AdapterTokens, (asked, value) => asked with { Tokens = value });
    }

    private AdapterSpecification Fixed()
    {
        return new AdapterSpecification
        {
            TargetModules = TargetModules,
            ExcludeModules = ExcludeModules,
            TargetParameters = TargetParameters,
            LayersToTransform = LayersToTransform,
            LayersPattern = LayersPattern,
            RankPattern = RankPattern.Value,
            ModulesToSave = ModulesToSave,
            FeedForwardModules = FeedForwardModules,
        };
    }

    private static bool IsEmpty(AdapterSpecification asked)
    {
        int[] lengths =
        [
            asked.TargetModules.Count, asked.ExcludeModules.Count, asked.TargetParameters.Count, asked.LayersToTransform.Count,
            asked.LayersPattern.Count, asked.RankPattern.Count, asked.ModulesToSave.Count, asked.FeedForwardModules.Count,
        ];
        return asked is { Method: null, Rank: null, BlockSize: null, Tokens: null } && lengths.Sum() == 0;
    }

    private void CollectAdapterErrors()
    {
        CollectErrors(AdapterMethod);
        CollectErrors(Rank);
        CollectErrors(BlockSize);
        CollectErrors(AdapterTokens);
        CollectErrors([RankPattern]);
    }
}
