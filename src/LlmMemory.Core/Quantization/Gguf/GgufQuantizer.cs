using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// Gives each tensor of a model its type, in the order in which llama-quantize walks them: layer by layer, and in each
/// by name. Source: ggml-org/llama.cpp, src/llama-quant.cpp (llama_tensor_get_type) and src/llama-model-loader.h
/// (weight_name_comparer).
/// </summary>
internal sealed class GgufQuantizer
{
    private readonly GgufMixtureRules _rules;
    private readonly GgufModelTraits _model;
    private readonly bool _hasImportanceMatrix;
    private readonly Dictionary<GgufTensorCategory, int> _seen = [];
    private int _valueCount;
    private bool _tiesEmbeddings;

    /// <summary>Prepares one model's mixture.</summary>
    /// <param name="rules">The mixture.</param>
    /// <param name="model">What the model is like.</param>
    /// <param name="hasImportanceMatrix">True where the mixture is made with an importance matrix.</param>
    public GgufQuantizer(GgufMixtureRules rules, GgufModelTraits model, bool hasImportanceMatrix)
    {
        _rules = rules;
        _model = model;
        _hasImportanceMatrix = hasImportanceMatrix;
    }

    /// <summary>The tensors in their types, in the order in which they came.</summary>
    /// <param name="tensors">The tensors of a GGUF file in plain floats.</param>
    public TensorInventory Apply(IReadOnlyList<ModelTensor> tensors)
    {
        _valueCount = tensors.Count(tensor => GgufTensorCategories.Of(tensor.Name) == GgufTensorCategory.AttentionValue);
        _tiesEmbeddings = tensors.All(tensor => GgufTensorCategories.Of(tensor.Name) != GgufTensorCategory.Output);
        var results = new ModelTensor[tensors.Count];
        var order = Enumerable.Range(0, tensors.Count)
            .OrderBy(index => IsOfBlock(tensors[index]) ? tensors[index].Layer ?? -1 : -1)
            .ThenBy(index => tensors[index].Name, StringComparer.Ordinal);
        foreach (var index in order)
        {
            var tensor = tensors[index];
            results[index] = GgufKeptTensors.Contains(tensor) ? tensor : tensor.As(TypeOf(tensor));
        }

        return new TensorInventory(results);
    }

    // An encoder's and a decoder's layers count as none: their names do not start with it.
    private static bool IsOfBlock(ModelTensor tensor)
    {
        return tensor.Name.StartsWith("blk.", StringComparison.Ordinal);
    }

    private DataType TypeOf(ModelTensor tensor)
    {
        if (_rules.Default.BlockWeights == 1)
        {
            return _rules.Default;
        }

        return GgufFallbacks.Fit(Choose(tensor, GgufTensorCategories.Of(tensor.Name)) ?? _rules.Default, tensor);
    }

    private DataType? Choose(ModelTensor tensor, GgufTensorCategory category)
    {
        if (category == GgufTensorCategory.Output || (_tiesEmbeddings && category == GgufTensorCategory.Embedding))
        {
            var fits = tensor.Shape[tensor.Shape.Count - 1] % _rules.Default.BlockWeights == 0;
            return fits && !_model.IsFalcon ? _rules.Output : GgufDataTypes.Q8_0;
        }

        if (_rules.Experts is not null)
        {
            return IsOfSeveralMatrices(tensor) ? _rules.Experts : null;
        }

        var place = Place(tensor, category);
        return category switch
        {
            GgufTensorCategory.Embedding => _rules.Embedding,
            GgufTensorCategory.AttentionQuery => _rules.AttentionQuery(place),
            GgufTensorCategory.AttentionKey => Key(place),
            GgufTensorCategory.AttentionValue => Value(place),
            GgufTensorCategory.AttentionOutput => _rules.AttentionOutput(place),
            GgufTensorCategory.FeedForwardGate or GgufTensorCategory.FeedForwardUp => _rules.FeedForwardGateUp(place),
            GgufTensorCategory.FeedForwardDown => _rules.FeedForwardDown(place),
            _ => null,
        };
    }

    private GgufTensorPlace Place(ModelTensor tensor, GgufTensorCategory category)
    {
        var index = _seen.TryGetValue(category, out var seen) ? seen : 0;
        _seen[category] = index + 1;
        return category switch
        {
            GgufTensorCategory.AttentionValue => new(_model, index, _valueCount, _hasImportanceMatrix),

            // A mixture of experts has several for each layer.
            _ when _model.Experts > 1 && !_rules.CountsDownProjections =>
                new(_model, tensor.Layer ?? 0, _model.Layers, _hasImportanceMatrix),
            _ => new(_model, index, _model.Layers, _hasImportanceMatrix),
        };
    }

    private DataType? Key(GgufTensorPlace place)
    {
        return _rules.HasShapeRules && _model.HasEightExperts ? GgufDataTypes.Q8_0 : _rules.AttentionKey(place);
    }

    private DataType? Value(GgufTensorPlace place)
    {
        var wanted = _rules.AttentionValue(place) ?? _rules.Default;
        if (!_rules.HasShapeRules)
        {
            return wanted;
        }

        var isLow = wanted == GgufDataTypes.Q3_K || wanted == GgufDataTypes.Q4_K;
        return _model.HasEightExperts ? GgufDataTypes.Q8_0 : _model.IsSeventyB && isLow ? GgufDataTypes.Q5_K : wanted;
    }

    // Ling 3 has latent projections of three dimensions that are no experts'.
    private bool IsOfSeveralMatrices(ModelTensor tensor)
    {
        return tensor.Shape.Count > 2
            && tensor.Shape[tensor.Shape.Count - 3] > 1
            && (_model.Architecture != "bailingmoe3"
                || GgufTensorCategories.Of(tensor.Name) is GgufTensorCategory.FeedForwardUp
                    or GgufTensorCategory.FeedForwardGate or GgufTensorCategory.FeedForwardDown);
    }
}
