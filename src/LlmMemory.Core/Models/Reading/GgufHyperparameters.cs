using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Gguf;

namespace LlmMemory.Models.Reading;

/// <summary>The metadata of a GGUF model that its architecture gives a meaning: keys that start with its name.</summary>
internal sealed class GgufHyperparameters
{
    // Beyond any dimension of a model.
    private const long MaxDimension = 1L << 30;

    // No model comes near it, and a hostile count must not fill the memory with layers.
    private const long MaxLayers = 4096;

    private readonly GgufMetadata _metadata;

    /// <summary>Wraps the metadata.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="architecture">The value of general.architecture.</param>
    public GgufHyperparameters(GgufMetadata metadata, string architecture)
    {
        _metadata = metadata;
        Architecture = architecture;
    }

    /// <summary>The value of general.architecture.</summary>
    public string Architecture { get; }

    /// <summary>The width of the hidden states; null where the file does not say.</summary>
    public int? HiddenSize => Dimension("embedding_length");

    /// <summary>All layers, those that draft further tokens included; null where the file does not say.</summary>
    public int? Layers => Dimension("block_count") is { } layers
        ? layers <= MaxLayers ? layers : throw Invalid("block_count", $"is more than the {MaxLayers} layers of any model")
        : null;

    /// <summary>The last layers, which draft further tokens.</summary>
    public int DraftLayers => Dimension("nextn_predict_layers") is { } drafts && Layers is { } layers
        ? drafts < layers ? drafts : throw Invalid("nextn_predict_layers", $"leaves none of the {layers} layers")
        : 0;

    /// <summary>The tokens that the model was made for; null where the file does not say.</summary>
    public long? ContextLength => Number("context_length") is > 0 and { } tokens ? tokens : null;

    /// <summary>Routed experts, 0 for a dense model.</summary>
    public int Experts => Dimension("expert_count") ?? 0;

    /// <summary>How many of the experts are chosen for a token.</summary>
    public int ExpertsPerToken => Dimension("expert_used_count") ?? 0;

    /// <summary>Query heads of each layer, null where the file does not say.</summary>
    public IReadOnlyList<int>? Heads(int layers)
    {
        return PerLayer("attention.head_count", layers);
    }

    /// <summary>The width inside the dense network of each layer, null where the file does not say.</summary>
    public IReadOnlyList<int>? FeedForwardSizes(int layers)
    {
        return PerLayer("feed_forward_length", layers);
    }

    /// <summary>Key heads of each layer; as many as query heads where the file does not say.</summary>
    public IReadOnlyList<int>? KeyValueHeads(int layers)
    {
        return PerLayer("attention.head_count_kv", layers) ?? Heads(layers);
    }

    /// <summary>A whole number, null where it is missing.</summary>
    public long? Number(string key)
    {
        return _metadata.Count(Key(key));
    }

    /// <summary>A dimension above 0; null where it is missing or 0.</summary>
    public int? Dimension(string key)
    {
        return Number(key) is { } number && number != 0 ? Checked(key, number) : null;
    }

    /// <summary>A number, null where it is missing.</summary>
    public double? Real(string key)
    {
        return _metadata.Real(Key(key));
    }

    /// <summary>A truth value, false where it is missing.</summary>
    public bool Flag(string key)
    {
        return _metadata.Boolean(Key(key)) ?? false;
    }

    /// <summary>A truth value for each layer, null where there is no array.</summary>
    public IReadOnlyList<bool>? Flags(string key, int layers)
    {
        return _metadata.BooleanPerLayer(Key(key), layers);
    }

    /// <summary>False where the file says that tokens see those after them too.</summary>
    public bool IsCausal => _metadata.Boolean(Key("attention.causal")) ?? true;

    private List<int>? PerLayer(string key, int layers)
    {
        return _metadata.CountPerLayer(Key(key), layers)?.Select(number => Checked(key, number)).ToList();
    }

    private int Checked(string key, long number)
    {
        return number <= MaxDimension ? (int)number : throw Invalid(key, $"is above {MaxDimension}");
    }

    private Errors.LlmMemoryException Invalid(string key, string reason)
    {
        return _metadata.Invalid(Key(key), reason);
    }

    private string Key(string key)
    {
        return $"{Architecture}.{key}";
    }
}
