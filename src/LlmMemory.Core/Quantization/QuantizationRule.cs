using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization;

/// <summary>How some modules of a checkpoint are stored.</summary>
/// <param name="Storage">How; null where they stay as they are.</param>
/// <param name="Targets">Which modules; null for all linear layers that quantisers convert by default.</param>
internal sealed record QuantizationRule(WeightStorage? Storage, ModulePatterns? Targets = null);
