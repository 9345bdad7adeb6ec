using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>What the towers of a model follow from.</summary>
/// <param name="Model">The whole configuration.</param>
/// <param name="Text">The part that describes the language model.</param>
/// <param name="Vision">The part that describes the vision tower; null where there is none.</param>
/// <param name="TextHiddenSize">The width that a projector leads to.</param>
internal sealed record TowerConfig(ModelConfig Model, ModelConfig Text, ModelConfig? Vision, int TextHiddenSize);
