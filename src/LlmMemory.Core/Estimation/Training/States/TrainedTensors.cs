using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Models;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.Training.States;

/// <summary>What is trained, tensor by tensor.</summary>
internal static class TrainedTensors
{
    /// <summary>All weights of a model.</summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="bytes">Bytes of a weight as the optimizer sees it.</param>
    /// <param name="widensEmbeddings">True where embeddings keep states of 32 bits whatever the rest has.</param>
    public static IEnumerable<(TrainedTensor Tensor, long Count)> Of(IEnumerable<ModelTensor> tensors, int bytes, bool widensEmbeddings)
    {
        foreach (var tensor in tensors.Where(tensor => tensor.WeightsPerTensor > 0))
        {
            var shape = tensor.Shape;
            var isMatrix = shape.Count >= 2;
            yield return (
                new TrainedTensor(
                    tensor.WeightsPerTensor,
                    isMatrix ? shape[shape.Count - 2] : tensor.WeightsPerTensor,
                    isMatrix ? shape[shape.Count - 1] : 0,
                    bytes,
                    tensor.RoleKind == TensorRole.Embedding)
                { KeepsWideStates = widensEmbeddings && tensor.RoleKind == TensorRole.Embedding },
                tensor.Count);
        }
    }

    /// <summary>What an adapter trains.</summary>
    /// <param name="adapter">The adapter.</param>
    public static IEnumerable<(TrainedTensor Tensor, long Count)> Of(AdapterInventory adapter)
    {
        foreach (var tensor in adapter.Tensors.Where(tensor => tensor.Use == AdapterTensorUse.Trained))
        {
            var shape = tensor.Shape;
            var elements = tensor.Elements / tensor.Count;
            var isMatrix = shape.Count >= 2;
            yield return (
                new TrainedTensor(
                    elements,
                    isMatrix ? shape[shape.Count - 2] : elements,
                    isMatrix ? shape[shape.Count - 1] : 0,
                    (int)tensor.StoredAs.BitsPerWeight / 8,
                    IsEmbedding: false),
                tensor.Count);
        }
    }
}
