namespace LlmMemory.Models;

/// <summary>The part of a model that a tensor belongs to.</summary>
public enum ModelPart
{
    /// <summary>The language model: embedding, decoder layers, head.</summary>
    Text,

    /// <summary>The encoder of an encoder-decoder, or an encoder-only model.</summary>
    Encoder,

    /// <summary>Multi-token prediction: layers that draft further tokens.</summary>
    Mtp,

    /// <summary>The vision tower.</summary>
    Vision,

    /// <summary>The audio tower.</summary>
    Audio,

    /// <summary>What leads from a tower into the language model.</summary>
    Projector,

    /// <summary>A LoRA adapter or a relative of it.</summary>
    Adapter,
}
