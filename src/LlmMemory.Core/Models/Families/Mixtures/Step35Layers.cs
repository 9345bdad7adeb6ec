using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>The layers of Step 3.5; those of its drafting modules are counted on, and are dense.</summary>
internal sealed class Step35Layers
{
    private const string Types = "layer_types";

    private const string Others = "attention_other_setting";

    private const string ExpertLayers = "moe_layers_enum";

    private static readonly MixtureNames Names = new()
    {
        Prefix = string.Empty,
        Router = "moe.gate",
        CorrectionBias = "moe.router_bias",
        Experts = new() { Prefix = "moe.", Gate = "gate_proj.weight", Up = "up_proj.weight", Down = "down_proj.weight" },
        Shared = new() { Prefix = "share_expert." },
    };

    private readonly ModelConfig _config;
    private readonly int _hiddenSize;
    private readonly IReadOnlyList<GroupedQueryAttention> _attentions;
    private readonly HashSet<int> _expertLayers;
    private readonly MixtureOfExperts _experts;
    private readonly DenseMlp _dense;

    /// <summary>Reads the dimensions.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="dimensions">The dimensions that every decoder has.</param>
    /// <param name="layers">The decoder's layers and the drafting modules after them.</param>
    /// <exception cref="Errors.LlmMemoryException">A field is missing or wrong.</exception>
    public Step35Layers(ModelConfig config, DecoderDimensions dimensions, int layers)
    {
        _config = config;
        _hiddenSize = dimensions.HiddenSize;
        _attentions = ReadAttentions(layers);
        _expertLayers = ReadExpertLayers(dimensions.Layers);
        _experts = ReadExperts();
        _dense = new DenseMlp { HiddenSize = _hiddenSize, IntermediateSize = config.Int("intermediate_size") };
    }

    /// <summary>The blocks of a layer.</summary>
    public IReadOnlyList<Block> Blocks(int index)
    {
        var attention = _attentions[index];
        return
        [
            new Norm("input_layernorm", _hiddenSize),
            attention,
            .. Gate(attention.Heads),
            new Norm("post_attention_layernorm", _hiddenSize),
            _expertLayers.Contains(index) ? _experts : _dense,
        ];
    }

    /// <summary>One number for each head that its output is multiplied by.</summary>
    private IEnumerable<Block> Gate(int heads)
    {
        return _config.Bool(false, "use_head_wise_attn_gate")
            ? [new Linear(TensorRole.AttentionExtra, "self_attn.g_proj", _hiddenSize, heads)]
            : [];
    }

    private IReadOnlyList<GroupedQueryAttention> ReadAttentions(int layers)
    {
        var types = _config.TextList(Types) ?? throw _config.Missing(Types);
        if (types.Count < layers)
        {
            throw _config.Invalid(Types, $"has {types.Count} entries and the model {layers} layers, drafting modules included");
        }

        var setting = _config.Nested(Others) ?? throw _config.Missing(Others);
        var otherType = setting.Text("attention_type");
        var other = Attention(setting);
        var usual = Attention(_config);
        return [.. types.Take(layers).Select(type => (type == otherType ? other : usual) with { Window = Window(type) })];
    }

    private int? Window(string type)
    {
        return type == "sliding_attention" ? _config.Int("sliding_window") : null;
    }

    private GroupedQueryAttention Attention(ModelConfig heads)
    {
        return new GroupedQueryAttention
        {
            HiddenSize = _hiddenSize,
            Heads = heads.Int("num_attention_heads"),
            KeyValueHeads = heads.Int("num_attention_groups"),
            HeadSize = heads.OptionalInt("head_dim") ?? _config.Int("head_dim"),
            QkvBias = _config.Bool(false, "attention_bias"),
            QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        };
    }

    private MixtureOfExperts ReadExperts()
    {
        return MixtureFields.Read(_config, _hiddenSize, _config.Int("moe_intermediate_size")) with
        {
            Storage = ExpertStorage.StackedByOutput,
            HasCorrectionBias = _config.Bool(false, "use_moe_router_bias"),
            SharedIntermediateSize = _config.Int("share_expert_dim"),
            Names = Names,
        };
    }

    private HashSet<int> ReadExpertLayers(int layers)
    {
        if (_config.IsList(ExpertLayers))
        {
            return [.. _config.IntList(ExpertLayers)!];
        }

        return _config.OptionalText(ExpertLayers) is { } listed ? ParseLayers(listed) : [.. Enumerable.Range(1, layers - 1)];
    }

    private HashSet<int> ParseLayers(string listed)
    {
        HashSet<int> found = [];
        foreach (var number in listed.Split(','))
        {
            found.Add(int.TryParse(number.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var layer)
                ? layer
                : throw _config.Invalid(ExpertLayers, "should be the numbers of layers with commas between them: 3,4,5"));
        }

        return found;
    }
}
