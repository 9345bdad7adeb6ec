using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// RecurrentGemma: two recurrences, then attention over a window, over and over. The configuration's
/// intermediate_size is twice the width. Source: transformers, models/recurrent_gemma/modeling_recurrent_gemma.py.
/// </summary>
internal static class RecurrentGemmaFamily
{
    private const string Prefix = "temporal_block.";

    private static readonly DecoderFrame Frame = new() { FinalNorm = "final_norm", TiesByDefault = true };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "recurrent_gemma")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var hiddenSize = dimensions.HiddenSize;
        var recurrence = Recurrence(config, dimensions);
        var attention = HybridAttention.Plain(dimensions, config.Bool(false, "attention_bias")) with
        {
            OutputBias = true,
            Window = config.OptionalInt("attention_window_size") ?? 2048,
            Names = AttentionNames.Llama with { Prefix = Prefix },
        };
        var mlp = new DenseMlp
        {
            HiddenSize = hiddenSize,
            IntermediateSize = dimensions.IntermediateSize / 2,
            Bias = true,
            Names = MlpNames.Llama with { Prefix = "mlp_block." },
        };
        var kinds = config.TextList("block_types", "_block_types") is { Count: > 0 } listed ? listed : ["recurrent", "recurrent", "attention"];
        return Frame.Around(config, dimensions, index =>
        [
            new Norm("temporal_pre_norm", hiddenSize),
            Mixer(config, kinds[index % kinds.Count], recurrence, attention),
            new Norm("channel_pre_norm", hiddenSize),
            mlp,
        ]);
    }

    private static TokenMixer Mixer(ModelConfig config, string kind, TokenMixer recurrence, TokenMixer attention)
    {
        return kind switch
        {
            "recurrent" => recurrence,
            "attention" => attention,
            _ => throw config.Invalid("block_types", $"has the kind {Errors.Quoted.Value(kind)}; known are recurrent, attention"),
        };
    }

    private static RealGatedRecurrence Recurrence(ModelConfig config, DecoderDimensions dimensions)
    {
        var width = config.OptionalInt("lru_width") ?? dimensions.HiddenSize;
        var blocks = config.Int("num_attention_heads");
        return new RealGatedRecurrence
        {
            HiddenSize = dimensions.HiddenSize,
            Width = width,
            GateBlocks = width % blocks == 0 ? blocks : throw config.Invalid("lru_width", $"is {width}, which {blocks} heads do not divide"),
            ConvolutionKernel = config.OptionalInt("conv1d_width") ?? 4,
            Prefix = Prefix,
        };
    }
}
