namespace LlmMemory.Models.Towers;

/// <summary>A vision tower that a wrapper takes from a shelf: CLIP, SigLIP, Pixtral.</summary>
/// <param name="Section">Its tensors.</param>
/// <param name="HiddenSize">The width that a projector starts from.</param>
internal sealed record VisionEncoder(ModelSection Section, int HiddenSize);
