using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Serving.LlamaCpp.Caches;
using LlmMemory.Estimation.Serving.LlamaCpp.Compute;
using LlmMemory.Estimation.Serving.LlamaCpp.Weights;
using LlmMemory.Models;
using LlmMemory.Quantization.Gguf;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// A model as llama.cpp loads it: the name that it knows the architecture by, the tensors under their names in the
/// GGUF file, and its layers with their dimensions. A model that is not in GGUF is converted first, as
/// convert_hf_to_gguf would. Whoever asks for many estimates of a model makes this once and keeps it.
/// </summary>
public sealed class LlamaCppModel
{
    private readonly Lazy<WeightTable> _weights;
    private readonly Lazy<CachePlan> _caches;
    private readonly Lazy<ComputeShape> _shape;
    private readonly Lazy<long> _repacked;
    private readonly Lazy<int[]> _kindsByShape;
    private readonly Lazy<int[]> _kindsByWeights;

    private LlamaCppModel(LlmModel model, GgufConverted converted, ModelArchitecture built)
    {
        Name = model.Name;
        TrainedLength = built.ContextLength ?? model.ContextLength;
        Architecture = converted.Traits.Architecture;
        Built = built;
        Tensors = converted.Tensors;
        PlacedWeight[] placed = [.. Tensors.Select(tensor => new PlacedWeight(tensor))];
        var byLayer = placed.Where(weight => weight.Tensor.Layer is not null).ToLookup(weight => weight.Tensor.Layer!.Value);
        Layers = [.. built.Layers.Select(layer => new LlamaCppLayer(layer, byLayer[layer.Index]))];
        FileLayers = Math.Max(Layers.Count, byLayer.Select(group => group.Key + 1).DefaultIfEmpty(0).Max());
        IsCausal = built.Sections.Any(section => section.Part == ModelPart.Text);
        _weights = new Lazy<WeightTable>(() => new WeightTable(placed, FileLayers, IsCausal));
        _caches = new Lazy<CachePlan>(() => new CachePlan(Architecture, Layers));
        _shape = new Lazy<ComputeShape>(() => new ComputeShape(this));
        _repacked = new Lazy<long>(() => RepackedWeights.Bytes(Weights));
        _kindsByShape = new Lazy<int[]>(() => LayerKinds.ByShape(Layers));
        _kindsByWeights = new Lazy<int[]>(() => LayerKinds.ByWeights(Layers));
    }

    /// <summary>What the model is called.</summary>
    public string Name { get; }

    /// <summary>The architecture's name in GGUF: llama, qwen3moe.</summary>
    public string Architecture { get; }

    /// <summary>The tokens that the model was made for; null where nothing says it.</summary>
    public long? TrainedLength { get; }

    /// <summary>The width of the hidden states.</summary>
    public int HiddenSize => Built.HiddenSize;

    /// <summary>The rows of the embedding.</summary>
    public long VocabularySize => Built.VocabularySize;

    /// <summary>All layers of the file, those that draft included.</summary>
    public int FileLayers { get; }

    /// <summary>How the model is built.</summary>
    internal ModelArchitecture Built { get; }

    /// <summary>Every tensor of the file, drafting layers included.</summary>
    internal IReadOnlyList<ModelTensor> Tensors { get; }

    /// <summary>The layers of the language model, drafting layers aside.</summary>
    internal IReadOnlyList<LlamaCppLayer> Layers { get; }

    /// <summary>False for encoders, in which a token sees those after it.</summary>
    internal bool IsCausal { get; }

    /// <summary>True where the checkpoint's weights had to be unpacked.</summary>
    internal bool IsUnpacked { get; private init; }

    /// <summary>The weights by place.</summary>
    internal WeightTable Weights => _weights.Value;

    /// <summary>What each layer keeps of a sequence.</summary>
    internal CachePlan Caches => _caches.Value;

    /// <summary>The bytes that a CPU stores a second time.</summary>
    internal long RepackedBytes => _repacked.Value;

    /// <summary>For each layer the number of its kind, by what is computed in it.</summary>
    internal IReadOnlyList<int> KindsByShape => _kindsByShape.Value;

    /// <summary>For each layer the number of its kind, by that and by the bytes of its weights.</summary>
    internal IReadOnlyList<int> KindsByWeights => _kindsByWeights.Value;

    /// <summary>The dimensions that the closed form of compute buffers needs.</summary>
    internal ComputeShape Shape => _shape.Value;

    /// <summary>Reads a model, whatever it came from.</summary>
    /// <param name="model">The model, its weights as llama.cpp is to load them.</param>
    /// <exception cref="Errors.LlmMemoryException">
    /// <see cref="Errors.ErrorIds.GgufConversionUnknown"/>: llama.cpp has no such model, or nothing is known of how it is built.
    /// </exception>
    public static LlamaCppModel Of(LlmModel model)
    {
        if (model is null)
        {
            throw new ArgumentNullException(nameof(model));
        }

        var isPacked = UnpackedCheckpoint.IsPacked(model);
        var converted = isPacked ? UnpackedCheckpoint.Convert(model) : GgufConversion.Convert(model.Tensors, model.Architecture);
        return new LlamaCppModel(model, converted, model.Architecture!) { IsUnpacked = isPacked };
    }
}
