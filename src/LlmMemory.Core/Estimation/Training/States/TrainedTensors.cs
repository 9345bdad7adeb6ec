using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Training.Activations;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

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

    /// <summary>The pairs of an adapter.</summary>
    /// <param name="modules">The modules that have one.</param>
    /// <param name="adapter">The adapter.</param>
    public static IEnumerable<(TrainedTensor Tensor, long Count)> Of(IEnumerable<LinearModule> modules, LoraAdapter adapter)
    {
        foreach (var module in modules)
        {
            yield return (new(adapter.Rank * module.Inputs, adapter.Rank, module.Inputs, adapter.WeightBytes, false), module.Count);
            yield return (new(adapter.Rank * module.Outputs, module.Outputs, adapter.Rank, adapter.WeightBytes, false), module.Count);
        }
    }

    /// <summary>The modules of a model that have an adapter.</summary>
    public static IReadOnlyList<LinearModule> Adapted(ModelArchitecture architecture, TrainedModules trained)
    {
        return
        [
            .. architecture.Sections
                .SelectMany(section => section.Layers.SelectMany(layer => Linears(section, layer)))
                .Where(module => !module.IsStacked && trained.AdapterOf(module.Name) is not null),
        ];
    }

    private static IEnumerable<LinearModule> Linears(ModelSection section, ModelLayer layer)
    {
        var prefix = $"{section.Prefix}{section.LayerPrefix}{section.FirstLayerNumber + layer.Index}.";
        return layer.Blocks.SelectMany((Block block) => LinearModule.Of(block, prefix));
    }
}
