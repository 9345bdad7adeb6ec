using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>What the towers of a model follow from.</summary>
/// <param name="Model">The whole configuration.</param>
/// <param name="TextHiddenSize">The width that a projector leads to.</param>
internal sealed record TowerConfig(ModelConfig Model, int TextHiddenSize)
{
    /// <summary>The part of the configuration that describes the vision tower.</summary>
    /// <param name="typeWhenMissing">The model_type that it has when it does not say one.</param>
    /// <exception cref="Errors.LlmMemoryException">There is none, and the model needs one.</exception>
    public ModelConfig Vision(string typeWhenMissing)
    {
        return Part("vision_config", typeWhenMissing);
    }

    /// <summary>The part of the configuration that describes the audio tower.</summary>
    /// <param name="typeWhenMissing">The model_type that it has when it does not say one.</param>
    /// <exception cref="Errors.LlmMemoryException">There is none, and the model needs one.</exception>
    public ModelConfig Audio(string typeWhenMissing)
    {
        return Part("audio_config", typeWhenMissing);
    }

    private ModelConfig Part(string name, string typeWhenMissing)
    {
        var part = Model.Nested(name) ?? throw TowerErrors.Missing(Model, name);
        return TowerDefaults.Complete(part, typeWhenMissing);
    }
}
