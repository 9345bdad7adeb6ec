using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Quantization.Gguf;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// A model as llama.cpp loads it: the name that it knows the architecture by, the tensors under their names in the
/// GGUF file, and its layers with their dimensions. A model that is not in GGUF is converted first, as
/// convert_hf_to_gguf would.
/// </summary>
internal sealed class LlamaCppModel
{
    private LlamaCppModel(GgufConverted converted, ModelArchitecture built)
    {
        Architecture = converted.Traits.Architecture;
        Built = built;
        Tensors = converted.Tensors;
        var byLayer = Tensors.Where(tensor => tensor.Layer is not null).ToLookup(tensor => tensor.Layer!.Value);
        Layers = [.. built.Layers.Select(layer => new LlamaCppLayer(layer, byLayer[layer.Index]))];
    }

    /// <summary>The architecture's name in GGUF: llama, qwen3moe.</summary>
    public string Architecture { get; }

    /// <summary>How the model is built.</summary>
    public ModelArchitecture Built { get; }

    /// <summary>Every tensor of the file, drafting layers included.</summary>
    public IReadOnlyList<ModelTensor> Tensors { get; }

    /// <summary>The layers of the language model, drafting layers aside.</summary>
    public IReadOnlyList<LlamaCppLayer> Layers { get; }

    /// <summary>The width of the hidden states.</summary>
    public int HiddenSize => Built.HiddenSize;

    /// <summary>The rows of the embedding.</summary>
    public long VocabularySize => Built.VocabularySize;

    /// <summary>Reads a model, whatever it came from.</summary>
    /// <param name="model">The model, its weights as llama.cpp is to load them.</param>
    /// <exception cref="Errors.LlmMemoryException">
    /// <see cref="Errors.ErrorIds.GgufConversionUnknown"/>: llama.cpp has no such model, or nothing is known of how it is built.
    /// </exception>
    public static LlamaCppModel Of(LlmModel model)
    {
        return new LlamaCppModel(GgufConversion.Convert(model.Tensors, model.Architecture), model.Architecture!);
    }
}
