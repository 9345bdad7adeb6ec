using System;
using LlmMemory.DataTypes;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// Which types a mixture gives to the categories of tensors; null for the mixture's own type. Source:
/// ggml-org/llama.cpp, src/llama-quant.cpp (llama_tensor_get_type_impl, llama_ftype_get_default_type).
/// </summary>
internal sealed record GgufMixtureRules
{
    /// <summary>The type of everything that no rule is for.</summary>
    public required DataType Default { get; init; }

    /// <summary>The head, and an embedding that is the head as well.</summary>
    public DataType Output { get; init; } = GgufDataTypes.Q6_K;

    /// <summary>An embedding that is not the head.</summary>
    public DataType? Embedding { get; init; }

    /// <summary>Tensors of several matrices: the experts, of a mixture that is made for them.</summary>
    public DataType? Experts { get; init; }

    /// <summary>The query projection.</summary>
    public Func<GgufTensorPlace, DataType?> AttentionQuery { get; init; } = _ => null;

    /// <summary>The key projection.</summary>
    public Func<GgufTensorPlace, DataType?> AttentionKey { get; init; } = _ => null;

    /// <summary>The value projection.</summary>
    public Func<GgufTensorPlace, DataType?> AttentionValue { get; init; } = _ => null;

    /// <summary>The output projection of attention.</summary>
    public Func<GgufTensorPlace, DataType?> AttentionOutput { get; init; } = _ => null;

    /// <summary>Gate and up projections.</summary>
    public Func<GgufTensorPlace, DataType?> FeedForwardGateUp { get; init; } = _ => null;

    /// <summary>The down projection.</summary>
    public Func<GgufTensorPlace, DataType?> FeedForwardDown { get; init; } = _ => null;

    /// <summary>True where models of 8 experts and of 70B get types for keys and values that no rule above names.</summary>
    public bool HasShapeRules { get; init; } = true;

    /// <summary>
    /// True where layers of a mixture of experts are counted as the down projections come, not by their numbers.
    /// </summary>
    public bool CountsDownProjections { get; init; }
}
