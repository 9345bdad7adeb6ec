using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>The dimensions that every transformer of a tower has, under whatever name its configuration gives them.</summary>
internal sealed record TowerDimensions
{
    // No tower comes near it, and a hostile count must not fill the memory with layers.
    private const int MaxLayers = 1024;

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The tower's layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads; keys and values have as many.</summary>
    public required int Heads { get; init; }

    /// <summary>The width of a head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>The width inside the feed-forward network; four times the hidden size where nothing is said.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>The colours of a pixel.</summary>
    public required int Channels { get; init; }

    /// <summary>Reads the dimensions.</summary>
    /// <param name="config">The configuration of the tower.</param>
    /// <param name="hiddenSizeNames">Where the width stands; hidden_size where none is named.</param>
    public static TowerDimensions Read(ModelConfig config, params string[] hiddenSizeNames)
    {
        var hiddenSize = config.Int(hiddenSizeNames.Length > 0 ? hiddenSizeNames : ["hidden_size", "vt_hidden_size"]);
        var heads = config.Int("num_attention_heads", "num_heads", "attention_heads", "vt_num_attention_heads", "conf_num_attention_heads");
        if (hiddenSize % heads != 0)
        {
            throw config.Invalid("hidden_size", $"is {hiddenSize}, which {heads} attention heads do not share evenly");
        }

        return new TowerDimensions
        {
            HiddenSize = hiddenSize,
            Layers = ReadLayers(config, "num_hidden_layers", "depth", "vt_num_hidden_layers", "conf_num_hidden_layers"),
            Heads = heads,
            HeadSize = hiddenSize / heads,
            IntermediateSize = config.OptionalInt("intermediate_size", "vt_intermediate_size") ?? 4 * hiddenSize,
            Channels = config.OptionalInt("num_channels", "in_channels", "in_chans") ?? 3,
        };
    }

    /// <summary>Reads a count of layers, and refuses one that no tower has.</summary>
    /// <param name="config">The configuration of the tower.</param>
    /// <param name="names">Where the count stands.</param>
    public static int ReadLayers(ModelConfig config, params string[] names)
    {
        var layers = config.Int(names);
        return layers <= MaxLayers
            ? layers
            : throw config.Invalid(names[0], $"asks for {layers} layers; no tower has more than {MaxLayers}");
    }
}
