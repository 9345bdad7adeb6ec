using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Training;

/// <summary>
/// What ranks that split the weights gather: the root unit (embedding, head, last normalisation), which stays through
/// forward and backward pass, and one layer at a time.
/// </summary>
internal sealed class GatheredUnits
{
    private const string Source = "pytorch/pytorch torch/distributed/fsdp: units of the wrapping policy; measured exactly, docs/training.md#sharding";

    private readonly TrainingPlan _plan;

    /// <summary>Finds the units of a training.</summary>
    public GatheredUnits(TrainingPlan plan)
    {
        _plan = plan;
    }

    /// <summary>The components; none where nothing is gathered, or ZeRO gathers it.</summary>
    public IEnumerable<ComponentDraft> Components()
    {
        if (!_plan.Gathers || _plan.Sharding.IsZero)
        {
            yield break;
        }

        var passes = (uint)(TrainingPhase.Loss | TrainingPhase.Backward | TrainingPhase.EndOfBackward);
        var root = _plan.Tensors.Where(tensor => tensor.Layer is null && tensor.PartKind is ModelPart.Text or ModelPart.Encoder).Sum(Gathered);
        yield return new ComponentDraft(ComponentRole.Overhead, "Gathered embedding and head", root, () => $"{root} bytes, whole on each rank", Source) { Phases = passes };
        var layers = _plan.Tensors.Where(tensor => tensor.Layer is not null)
            .GroupBy(tensor => (tensor.PartKind, tensor.Layer))
            .Select(layer => layer.Sum(Gathered))
            .DefaultIfEmpty(0)
            .ToList();
        var (largest, all) = (layers.Max(), layers.Sum());
        yield return _plan.Sharding.KeepsWeightsGathered
            ? new ComponentDraft(ComponentRole.Overhead, "Gathered layers", all, () => $"{layers.Count} layers, whole until the backward pass is over", Source) { Phases = passes }
            : new ComponentDraft(ComponentRole.Overhead, "Gathered layer", largest, () => $"{largest} bytes, the largest of {layers.Count}", Source)
            { Phases = (uint)(TrainingPhase.Backward | TrainingPhase.EndOfBackward) };
        if (_plan.ShardingOverheadBytes > 0)
        {
            yield return new ComponentDraft(
                ComponentRole.Overhead,
                "Buffers of FSDP",
                _plan.ShardingOverheadBytes,
                () => $"{_plan.ShardingOverheadBytes} bytes",
                "fitted on runs with two ranks, docs/training.md#sharding")
            { Phases = (uint)(TrainingPhase.Loss | TrainingPhase.Backward | (_plan.HoldsLayerInputs ? TrainingPhase.EndOfBackward : 0)) };
        }
    }

    /// <summary>The root unit and the largest layer, as a pass that keeps nothing has them gathered.</summary>
    public static long RootAndLayer(TrainingPlan plan)
    {
        var units = new GatheredUnits(plan);
        var layer = plan.Tensors.Where(tensor => tensor.Layer is not null)
            .GroupBy(tensor => (tensor.PartKind, tensor.Layer))
            .Select(each => each.Sum(units.Gathered))
            .DefaultIfEmpty(0)
            .Max();
        return checked(plan.Tensors.Where(tensor => tensor.Layer is null).Sum(units.Gathered) + layer);
    }

    /// <summary>All weights, gathered.</summary>
    public static long Whole(TrainingPlan plan)
    {
        return plan.Tensors.Sum(new GatheredUnits(plan).Gathered);
    }

    private long Gathered(ModelTensor tensor)
    {
        if (_plan.Trained.IsFull)
        {
            return checked(tensor.Parameters * _plan.Regime.GatheredBytes);
        }

        return tensor.RoleKind is TensorRole.Scale or TensorRole.Duplicate ? 0 : Math.Min(tensor.Bytes, checked(tensor.Parameters * _plan.Switches.ElementBytes));
    }
}
