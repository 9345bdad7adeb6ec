using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// The transformer blocks that Zamba2's hybrid layers take turns with. The first layer that uses a block stores its
/// weights, and the adapters of all its uses; each layer has a projection of its own behind it.
/// </summary>
internal sealed class Zamba2SharedBlock
{
    private const string Prefix = "shared_transformer.";

    private readonly int _hiddenSize;
    private readonly int _uses;
    private readonly int _blocks;
    private readonly int? _attentionRank;
    private readonly int _mlpRank;
    private readonly GroupedQueryAttention _attention;
    private readonly DenseMlp _mlp;

    /// <summary>Reads the block's dimensions.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="dimensions">The dimensions read from it.</param>
    /// <param name="uses">How many layers use the blocks.</param>
    public Zamba2SharedBlock(ModelConfig config, DecoderDimensions dimensions, int uses)
    {
        _hiddenSize = dimensions.HiddenSize;
        _uses = uses;
        _blocks = config.OptionalInt("num_mem_blocks") ?? 1;
        _mlpRank = config.OptionalInt("adapter_rank") ?? 128;
        _attentionRank = config.Bool(false, "use_shared_attention_adapter") ? _mlpRank : null;
        var heads = config.Int("num_attention_heads");
        _attention = HybridAttention.Plain(dimensions) with
        {
            HiddenSize = 2 * _hiddenSize,
            OutputSize = _hiddenSize,
            HeadSize = config.OptionalInt("attention_head_dim") ?? 2 * _hiddenSize / heads,
            Names = AttentionNames.Llama with { Prefix = Prefix + "self_attn." },
        };
        _mlp = new DenseMlp
        {
            HiddenSize = _hiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            Bias = config.Bool(false, "add_bias_linear"),
            Names = new() { Prefix = Prefix + "feed_forward.", GateUp = "gate_up_proj" },
        };
    }

    /// <summary>The blocks before the state space of a hybrid layer.</summary>
    /// <param name="use">The number of the hybrid layer among its like, from 0.</param>
    public IReadOnlyList<Block> Blocks(int use)
    {
        var last = new Linear(TensorRole.Projection, "linear", _hiddenSize, _hiddenSize);
        return use < _blocks
            ?
            [
                new Norm(Prefix + "input_layernorm", 2 * _hiddenSize),
                _attention,
                new Norm(Prefix + "pre_ff_layernorm", _hiddenSize),
                _mlp,
                .. Adapters(use),
                last,
            ]
            : [new ReusedMixer(_attention), new ReusedFeedForward(_mlp), last];
    }

    private IEnumerable<Linear> Adapters(int block)
    {
        var width = (long)_attention.Heads * _attention.HeadSize;
        for (var use = block; use < _uses; use += _blocks)
        {
            if (_attentionRank is { } rank)
            {
                foreach (var name in new[] { "q", "k", "v" })
                {
                    var list = $"{Prefix}self_attn.linear_{name}_adapter_list.{use}.";
                    yield return new Linear(TensorRole.AttentionExtra, list + "0", _attention.HiddenSize, rank);
                    yield return new Linear(TensorRole.AttentionExtra, list + "1", rank, width);
                }
            }

            var gateUp = $"{Prefix}feed_forward.gate_up_proj_adapter_list.{use}.";
            yield return new Linear(TensorRole.MlpGateUp, gateUp + "0", _hiddenSize, _mlpRank);
            yield return new Linear(TensorRole.MlpGateUp, gateUp + "1", _mlpRank, 2L * _mlp.IntermediateSize);
        }
    }
}
