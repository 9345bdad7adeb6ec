using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>Reads how rotary positions are stretched: rope_scaling, or rope_parameters since Transformers 5.</summary>
internal static class RotaryScalingReader
{
    /// <summary>The stretching; null where there is none, and where each kind of layer has its own.</summary>
    /// <param name="config">The configuration of the language model.</param>
    public static RotaryScaling? Read(ModelConfig config)
    {
        var scaling = config.Nested("rope_scaling", "rope_parameters");
        var heads = config.OptionalInt("num_attention_heads", "n_head", "n_heads");
        var headSize = config.OptionalInt("head_dim") ?? (heads > 0 ? config.OptionalInt("hidden_size", "n_embd") / heads : null);
        if (scaling?.OptionalText("rope_type", "type") is not { } kind || headSize is not { } size)
        {
            return null;
        }

        var factors = scaling.List("long_factor")?.Count;
        var original = scaling.OptionalInt("original_max_position_embeddings") ?? config.OptionalInt("original_max_position_embeddings");
        return new RotaryScaling(kind, factors ?? size / 2, factors is not null, scaling.Number("factor"), original);
    }
}
