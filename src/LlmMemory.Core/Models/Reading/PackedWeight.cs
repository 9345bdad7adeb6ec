namespace LlmMemory.Models.Reading;

/// <summary>What the codes of a module hold.</summary>
/// <param name="Format">The format, as it is called: GPTQ, NVFP4.</param>
/// <param name="Weights">The weights of the model that the tensor holds.</param>
internal sealed record PackedWeight(string Format, long Weights);
