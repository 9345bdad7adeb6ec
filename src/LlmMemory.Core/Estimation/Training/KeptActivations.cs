using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Training.Activations;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Training;

/// <summary>What the layers of a model keep from the forward to the backward pass, and what the backward pass adds.</summary>
internal sealed class KeptActivations
{
    private const string CheckpointSource = "pytorch/pytorch torch/utils/checkpoint.py: the input of each layer is kept";

    private readonly TrainingPlan _plan;
    private readonly IReadOnlyList<LayerActivations> _layers;

    /// <summary>Runs every layer on paper.</summary>
    public KeptActivations(TrainingPlan plan)
    {
        _plan = plan;
        _layers =
        [
            .. plan.Architecture.Sections
                .Where(section => section.Part is ModelPart.Text or ModelPart.Encoder)
                .SelectMany(RunAll),
        ];
        if (_layers.Count == 0)
        {
            throw new InvalidOperationException("A model without layers keeps nothing.");
        }
    }

    /// <summary>What the fullest layer keeps.</summary>
    public long LayerBytes => Bytes(Fullest.KeptBytesPerToken);

    private long Hidden => _plan.Architecture.HiddenSize;

    private LayerActivations Fullest => _layers.OrderByDescending(layer => layer.PeakBytesPerToken).First();

    /// <summary>The components of all phases.</summary>
    public IEnumerable<ComponentDraft> Components()
    {
        return _plan.Recompute.KeepsInputsOnly ? Recomputed() : Kept();
    }

    private IEnumerable<ComponentDraft> Recomputed()
    {
        var each = _plan.Switches.StreamBytes * Hidden;
        var inputs = _plan.Recompute == Workloads.Training.Recomputation.Offloaded ? Math.Min(2, _layers.Count) : _layers.Count;

        // What the embedding gives is not widened.
        var all = checked(_plan.Tokens * ((inputs * each) - (_plan.WidensNorms ? 2 * Hidden : 0)));
        var phases = TrainingPhase.Loss | TrainingPhase.Backward | (_plan.HoldsLayerInputs ? TrainingPhase.EndOfBackward : 0);
        yield return Draft("Inputs of layers", all, $"{_plan.Tokens} tokens x {inputs} layers x {Hidden} x {_plan.Switches.StreamBytes} bytes", CheckpointSource, phases);
        if (_plan.HoldsLayerInputs)
        {
            var held = Math.Max(0, _layers.Count - 2);
            yield return Draft(
                "Gradients of layer inputs that FSDP holds",
                checked(_plan.Tokens * held * 2 * Hidden),
                $"{_plan.Tokens} tokens x ({_layers.Count} - 2) layers x {Hidden} x 2 bytes, until the backward pass is over",
                "pytorch/pytorch torch/distributed/fsdp/_runtime_utils.py, frozen units; measured exactly, docs/training.md#sharding",
                TrainingPhase.EndOfBackward);
        }
        else
        {
            yield return Draft("Input of the first layer", checked(_plan.Tokens * each), $"{_plan.Tokens} tokens x {Hidden} x {_plan.Switches.StreamBytes} bytes", CheckpointSource, TrainingPhase.EndOfBackward);
        }

        foreach (var draft in OfLayer(Fullest, Fullest.Kept, TrainingPhase.Backward | TrainingPhase.EndOfBackward))
        {
            yield return draft;
        }
    }

    private IEnumerable<ComponentDraft> Kept()
    {
        foreach (var group in _layers.SelectMany(layer => layer.Kept).GroupBy(tensor => tensor.Name))
        {
            var bytesPerToken = group.Sum(tensor => tensor.BytesPerToken);
            yield return Draft(
                "Kept: " + group.Key,
                Bytes(bytesPerToken),
                $"{_plan.Tokens} tokens x {bytesPerToken:0.##} bytes in {group.Count()} layers",
                group.First().Source,
                TrainingPhase.Loss | TrainingPhase.Backward);
        }

        foreach (var draft in OfLayer(Fullest, [], TrainingPhase.Backward).Concat(OfLayer(Fullest, Fullest.Kept, TrainingPhase.EndOfBackward)))
        {
            yield return draft;
        }
    }

    private IEnumerable<ComponentDraft> OfLayer(LayerActivations layer, IEnumerable<KeptTensor> kept, TrainingPhase phases)
    {
        foreach (var tensor in kept.Append(layer.Gradients).GroupBy(tensor => tensor.Name))
        {
            var bytesPerToken = tensor.Sum(each => each.BytesPerToken);
            yield return Draft("One layer: " + tensor.Key, Bytes(bytesPerToken), $"{_plan.Tokens} tokens x {bytesPerToken:0.##} bytes", tensor.First().Source, phases);
        }
    }

    private long Bytes(decimal bytesPerToken)
    {
        return (long)Math.Ceiling(_plan.Tokens * bytesPerToken);
    }

    // Layers that are built alike keep the same, unless an adapter stands beside some of them alone.
    private IEnumerable<LayerActivations> RunAll(ModelSection section)
    {
        (ModelLayer Layer, LayerActivations Activations)? last = null;
        foreach (var layer in section.Layers)
        {
            var isSame = _plan.Trained.IsFull && last is { } before && before.Layer.Blocks.SequenceEqual(layer.Blocks);
            last = (layer, isSame ? last!.Value.Activations : Run(section, layer));
            yield return last.Value.Activations;
        }
    }

    private LayerActivations Run(ModelSection section, ModelLayer layer)
    {
        var prefix = $"{section.Prefix}{section.LayerPrefix}{section.FirstLayerNumber + layer.Index}.";
        return LayerActivations.Of(layer, prefix, Hidden, _plan.Switches);
    }

    private static ComponentDraft Draft(string name, long bytes, string formula, string source, TrainingPhase phases)
    {
        return new ComponentDraft(ComponentRole.Activations, name, bytes, () => formula, source) { Phases = (uint)phases };
    }
}
