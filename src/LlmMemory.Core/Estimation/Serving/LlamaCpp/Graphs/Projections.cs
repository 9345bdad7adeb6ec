using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// Matrices and normalisations of a layer, with the biases and scales that the file has for them. Source:
/// ggml-org/llama.cpp v0.5.0, src/llama-graph.cpp (build_lora_mm, build_norm).
/// </summary>
internal static class Projections
{
    /// <summary>A projection.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="stem">What the tensor is called: attn_q.</param>
    /// <param name="x">What is projected, a row for each token.</param>
    /// <param name="width">The width that it leads to.</param>
    public static GraphTensor Project(GraphLayer layer, string stem, GraphTensor x, long width)
    {
        var result = Linear(layer.Weight(stem + ".weight"), x, width);
        result = layer.Has(stem + ".scale") ? Weigh(result, layer.Weight(stem + ".scale")) : result;
        return layer.Has(stem + ".bias") ? AddBias(result, layer.Weight(stem + ".bias")) : result;
    }

    /// <summary>RMSNorm with a weight, and a bias where there is one.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="stem">What the tensor is called: attn_norm.</param>
    /// <param name="x">What is normalised.</param>
    public static GraphTensor RmsNorm(GraphLayer layer, string stem, GraphTensor x)
    {
        return Normalise(layer, stem, GraphOperation.RmsNorm, x);
    }

    /// <summary>A normalisation with a weight, and a bias where there is one.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="stem">What the tensor is called: attn_norm.</param>
    /// <param name="operation">How it is normalised.</param>
    /// <param name="x">What is normalised.</param>
    public static GraphTensor Normalise(GraphLayer layer, string stem, GraphOperation operation, GraphTensor x)
    {
        var result = Weigh(Elementwise(operation, x), layer.Weight(stem + ".weight"));
        return layer.Has(stem + ".bias") ? AddBias(result, layer.Weight(stem + ".bias")) : result;
    }
}
