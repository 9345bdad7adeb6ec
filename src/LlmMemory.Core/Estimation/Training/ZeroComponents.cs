using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training;

/// <summary>
/// What DeepSpeed's ZeRO holds on each rank beside the states: the buckets that gradients are exchanged in, and in stage 3
/// the weights that are gathered. Written down from its source; no measured run confirms it.
/// </summary>
internal sealed class ZeroComponents
{
    private const long DefaultReduceBucket = 500_000_000;

    private const long DefaultPrefetchBucket = 50_000_000;

    private const long DefaultReuseDistance = 1_000_000_000;

    private const string BucketSource = "deepspeedai/DeepSpeed deepspeed/runtime/zero/stage_1_and_2.py, backward: ipg_buffer; stage3.py: __ipg_bucket_flat_buffer";

    private const string GatherSource = "deepspeedai/DeepSpeed deepspeed/runtime/zero/partitioned_param_coordinator.py, __params_to_release and fetch_sub_module";

    private readonly TrainingPlan _plan;
    private readonly ZeroBuffers _buffers;

    /// <summary>Takes a training that ZeRO splits.</summary>
    public ZeroComponents(TrainingPlan plan)
    {
        _plan = plan;
        _buffers = plan.Run.ZeroBuffers ?? new ZeroBuffers();
    }

    private bool SplitsWeights => _plan.Sharding.SplitsWeights;

    private long HiddenSquared => checked((long)_plan.Architecture.HiddenSize * _plan.Architecture.HiddenSize);

    private long ReduceBucket => _buffers.ReduceBucketSize ?? (_buffers.FollowsHiddenSize ? HiddenSquared : DefaultReduceBucket);

    private long PrefetchBucket => _buffers.PrefetchBucketSize ?? (_buffers.FollowsHiddenSize ? HiddenSquared / 10 * 9 : DefaultPrefetchBucket);

    /// <summary>The components; none where ZeRO splits nothing.</summary>
    public IEnumerable<ComponentDraft> Components()
    {
        if (!_plan.Sharding.IsZero)
        {
            yield break;
        }

        if (_buffers.HasContiguousGradients != false)
        {
            yield return Buckets();
        }

        if (SplitsWeights && (_plan.Ranks > 1 || _plan.OffloadsWeights))
        {
            foreach (var gathered in Gathered())
            {
                yield return gathered;
            }
        }
    }

    // Stage 3 has one bucket; the others make theirs when the backward pass begins, and a second one to work beside it.
    private ComponentDraft Buckets()
    {
        var count = !SplitsWeights && _buffers.OverlapsCommunication == true ? 2 : 1;
        var phases = SplitsWeights ? 0u : (uint)(TrainingPhase.Backward | TrainingPhase.EndOfBackward);
        return new ComponentDraft(
            ComponentRole.Overhead,
            "Buckets of ZeRO",
            checked(count * ReduceBucket * 2),
            () => $"{count} x reduce_bucket_size {ReduceBucket} x 2 bytes",
            BucketSource)
        { Phases = phases };
    }

    private IEnumerable<ComponentDraft> Gathered()
    {
        var layers = Layers();
        var kept = Kept(layers);
        yield return Passes("Weights that stay gathered", kept, () => $"{kept} bytes: the head, and layers whose weights come again within max_reuse_distance", TrainingPhase.Loss | TrainingPhase.Backward);
        var largest = layers.DefaultIfEmpty(0).Max();
        yield return Passes("Gathered layer", largest, () => $"{largest} bytes, the largest of {layers.Count}", TrainingPhase.EndOfBackward);
        var ahead = Math.Min(checked(PrefetchBucket * 2), layers.Sum());
        yield return Passes("Weights gathered ahead", ahead, () => $"prefetch_bucket_size {PrefetchBucket} x 2 bytes", TrainingPhase.Loss | TrainingPhase.Backward | TrainingPhase.EndOfBackward);
    }

    private static ComponentDraft Passes(string name, long bytes, Func<string> formula, TrainingPhase phases)
    {
        return new ComponentDraft(ComponentRole.Overhead, name, bytes, formula, GatherSource) { Phases = (uint)phases };
    }

    // Between its forward and its backward pass a layer sees each weight above it twice; what is above it counts once here.
    private long Kept(List<long> layers)
    {
        var distance = checked((_buffers.MaxReuseDistance ?? DefaultReuseDistance) * 2);
        var head = _plan.Tensors.Where(tensor => tensor.Layer is null && tensor.RoleKind is not TensorRole.Embedding).Sum(Bytes);
        head = _plan.Architecture.TiesEmbeddings ? checked(head + _plan.Tensors.Where(tensor => tensor.RoleKind == TensorRole.Embedding).Sum(Bytes)) : head;
        var (above, kept) = (head, head);
        foreach (var layer in Enumerable.Reverse(layers))
        {
            if (checked(above * 2) >= distance)
            {
                break;
            }

            (above, kept) = (checked(above + layer), checked(kept + layer));
        }

        return layers.Count == 0 ? kept : Math.Max(kept, checked(head + layers[layers.Count - 1]));
    }

    private List<long> Layers()
    {
        return [.. _plan.Tensors.Where(tensor => tensor.Layer is not null)
            .GroupBy(tensor => (tensor.PartKind, tensor.Layer))
            .OrderBy(layer => layer.Key.Layer)
            .Select(layer => layer.Sum(Bytes))];
    }

    private long Bytes(ModelTensor tensor)
    {
        return _plan.Trained.IsFull ? checked(tensor.Parameters * _plan.Regime.GatheredBytes)
            : tensor.RoleKind is TensorRole.Scale or TensorRole.Duplicate ? 0
            : Math.Min(tensor.Bytes, checked(tensor.Parameters * _plan.Switches.ElementBytes));
    }
}
