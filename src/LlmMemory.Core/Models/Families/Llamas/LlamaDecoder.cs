using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>Builds what is built like Llama: from a family's rules and a configuration to layers and a frame around them.</summary>
internal sealed class LlamaDecoder
{
    private static readonly string[] HeadFields = ["num_attention_heads", "n_head", "n_heads", "num_heads"];

    private static readonly string[] WidthFields = ["intermediate_size", "ffn_hidden_size"];

    private readonly ModelConfig _config;
    private readonly LlamaRules _rules;
    private readonly IReadOnlyList<int?> _windows;

    /// <summary>Reads what the rules leave to the configuration.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="rules">The family's rules.</param>
    /// <param name="dimensions">The dimensions, where the family reads them in its own way.</param>
    /// <exception cref="Errors.LlmMemoryException">A field is missing or wrong.</exception>
    public LlamaDecoder(ModelConfig config, LlamaRules rules, DecoderDimensions? dimensions = null)
    {
        _config = config;
        _rules = rules;
        Dimensions = dimensions ?? Read(config);
        _windows = AttentionWindows.Read(
            config,
            Dimensions.Layers,
            new WindowRule { Pattern = rules.WindowPattern, SlidesUnlessToldNotTo = rules.WindowsByDefault });
        Attention = BuildAttention();
        Mlp = new DenseMlp
        {
            HiddenSize = Dimensions.HiddenSize,
            IntermediateSize = Dimensions.IntermediateSize,
            IsGated = rules.IsGated,
            Bias = rules.MlpBias.Read(config),
            Names = rules.MlpNames,
        };
    }

    /// <summary>The dimensions.</summary>
    public DecoderDimensions Dimensions { get; }

    /// <summary>The attention of a layer that sees everything.</summary>
    public GroupedQueryAttention Attention { get; }

    /// <summary>The feed-forward network.</summary>
    public DenseMlp Mlp { get; }

    /// <summary>Builds a model all of whose layers are alike but for their windows.</summary>
    public static LanguageModel Build(ModelConfig config, LlamaRules rules, DecoderDimensions? dimensions = null)
    {
        return new LlamaDecoder(config, rules, dimensions).Build();
    }

    /// <summary>The dimensions, none of which a model like Llama can do without.</summary>
    public static DecoderDimensions Read(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        if (dimensions.Heads == 0)
        {
            throw config.Missing(HeadFields);
        }

        return config.OptionalInt(WidthFields) is null ? throw config.Missing(WidthFields) : dimensions;
    }

    /// <summary>The layers, and the frame around them.</summary>
    public LanguageModel Build()
    {
        return Frame(index => Layer(Attention with { Window = _windows[index] }, Mlp));
    }

    /// <summary>The family's frame around layers.</summary>
    /// <param name="layer">Makes the blocks of a layer from its number.</param>
    public LanguageModel Frame(System.Func<int, IReadOnlyList<Block>> layer)
    {
        return (_rules.Frame with { NormKind = _rules.NormKind }).Around(_config, Dimensions, layer);
    }

    /// <summary>One layer: its parts with their normalisations. A part that is missing takes its normalisations along.</summary>
    /// <param name="mixer">Attention, or what stands in its place.</param>
    /// <param name="network">The feed-forward network, or what stands in its place.</param>
    public IReadOnlyList<Block> Layer(Block? mixer, Block? network)
    {
        var blocks = new List<Block>();
        Add(blocks, _rules.Norms.BeforeAttention, mixer, _rules.Norms.AfterAttention);
        Add(blocks, _rules.Norms.BeforeMlp, network, _rules.Norms.AfterMlp);
        blocks.AddRange(_rules.LayerExtras);
        return blocks;
    }

    private void Add(List<Block> blocks, string? before, Block? part, string? after)
    {
        if (part is null)
        {
            return;
        }

        AddNorm(blocks, before);
        blocks.Add(part);
        AddNorm(blocks, after);
    }

    private void AddNorm(List<Block> blocks, string? name)
    {
        if (name is not null)
        {
            blocks.Add(new Norm(name, Dimensions.HiddenSize, _rules.NormKind));
        }
    }

    private GroupedQueryAttention BuildAttention()
    {
        return new GroupedQueryAttention
        {
            HiddenSize = Dimensions.HiddenSize,
            Heads = Dimensions.Heads,
            KeyValueHeads = Dimensions.KeyValueHeads,
            HeadSize = Dimensions.HeadSize,
            QkvBias = _rules.QkvBias.Read(_config),
            OutputBias = _rules.OutputBias.Read(_config),
            QueryKeyNorm = _rules.HasQueryKeyNorm.Read(_config) ? _rules.QueryKeyNorm : QueryKeyNorm.None,
            Names = _rules.AttentionNames,
        };
    }
}
