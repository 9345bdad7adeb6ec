using System.Collections.Generic;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Gguf;

/// <summary>A model as a GGUF file in 16 bits has it.</summary>
/// <param name="Tensors">Its tensors, under their names in the file.</param>
/// <param name="Traits">What llama-quantize looks at beside them.</param>
internal sealed record GgufConverted(IReadOnlyList<ModelTensor> Tensors, GgufModelTraits Traits);
