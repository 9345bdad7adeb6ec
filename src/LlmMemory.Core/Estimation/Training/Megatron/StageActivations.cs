using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Training.Megatron.Activations;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>What the layers of a stage keep for all micro batches in flight, and what the backward pass of one adds.</summary>
internal sealed class StageActivations
{
    private const string CheckpointSource = "NVIDIA/Megatron-LM megatron/core/transformer/transformer_block.py, _checkpointed_forward";

    private const string ScheduleSource = "NVIDIA/Megatron-LM megatron/core/pipeline_parallel/schedules.py";

    private readonly MegatronPlan _plan;
    private readonly PipelineStage _stage;
    private readonly MegatronLayer[] _layers;
    private readonly long[] _inFlight;

    /// <summary>Runs a stage on paper.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="layers">All layers of the model.</param>
    public StageActivations(MegatronPlan plan, PipelineStage stage, MegatronLayer[] layers)
    {
        (_plan, _stage, _layers) = (plan, stage, layers);
        _inFlight = PipelineSchedule.InFlight(stage, plan.MicroBatches, plan.Run.MicroBatchGroup!.Value);
    }

    private long Recomputed => _plan.Run.RecomputeLayers!.Value;

    /// <summary>The components.</summary>
    public IEnumerable<ComponentDraft> Components()
    {
        return Kept().Concat(Ends()).Concat(OneLayer());
    }

    private IEnumerable<ComponentDraft> Kept()
    {
        var inputs = 0m;
        var sums = new Dictionary<string, (decimal Bytes, long Layers, string Source)>();
        for (var chunk = 0; chunk < _stage.Chunks.Count; chunk++)
        {
            var layers = _stage.Chunks[chunk];
            var (kept, checkpoints) = Checkpoints(layers.Count);
            inputs += _inFlight[chunk] * checkpoints;
            foreach (var layer in layers.Skip(layers.Count - kept))
            {
                Add(sums, _layers[layer], _inFlight[chunk]);
            }
        }

        for (var i = 0; i < _stage.MtpLayers; i++)
        {
            Add(sums, _layers[_layers.Length - 1], 1);
        }

        if (inputs > 0)
        {
            var each = _layers[0].InputBytesPerToken;
            yield return Draft(
                "Inputs of layers", inputs * each, () => $"{_plan.Tokens} tokens x {each:0.##} bytes x {inputs:0} layers in flight", CheckpointSource, MegatronPhase.Passes);
        }

        foreach (var pair in sums)
        {
            var (bytes, layers, source) = pair.Value;
            yield return Draft(
                "Kept: " + pair.Key,
                bytes,
                () => $"{_plan.Tokens} tokens x {bytes / layers:0.##} bytes x {layers} layers in flight ({string.Join(", ", _inFlight)} micro batches)",
                source,
                MegatronPhase.Passes);
        }
    }

    // How many layers of a piece keep everything, and how many inputs the others keep.
    private (int Kept, long Checkpoints) Checkpoints(int layers)
    {
        if (_plan.Run.Recompute == Recomputation.Full)
        {
            return (0, (layers + Recomputed - 1) / Recomputed);
        }

        var recomputed = _plan.Run.Recompute == Recomputation.Block ? (int)Math.Min(Recomputed, layers) : 0;
        return (layers - recomputed, recomputed);
    }

    private static void Add(Dictionary<string, (decimal Bytes, long Layers, string Source)> sums, MegatronLayer layer, long inFlight)
    {
        foreach (var tensor in layer.Kept)
        {
            sums.TryGetValue(tensor.Name, out var sum);
            sums[tensor.Name] = (sum.Bytes + (inFlight * tensor.BytesPerToken), sum.Layers + inFlight, tensor.Source);
        }
    }

    // What lies outside the layers: what comes in, the last normalisation, masks.
    private IEnumerable<ComponentDraft> Ends()
    {
        var width = _layers[0].InputBytesPerToken;
        yield return Draft("Input of the stage", width, () => $"{_plan.Tokens} tokens x {width:0.##} bytes", ScheduleSource, MegatronPhase.Passes);
        if (_stage.IsLast)
        {
            yield return Draft("Last normalisation", 2 * width, () => $"{_plan.Tokens} tokens x 2 x {width:0.##} bytes, its input and output", ScheduleSource, MegatronPhase.Passes);
        }

        if (_stage.IsLast && !_plan.Architecture.Generates)
        {
            yield return Draft(
                "Transformation before an encoder's head", 4 * _plan.ElementBytes * _plan.Hidden, () => $"{_plan.Tokens} tokens x 4 x {_plan.ElementBytes * _plan.Hidden} bytes", "NVIDIA/Megatron-LM megatron/core/models/bert/bert_lm_head.py", MegatronPhase.Passes);
        }

        if (_stage.IsFirst && _stage.IsLast && _plan.HasDropout)
        {
            yield return Draft(
                "Dropout mask of the embedding", (decimal)_plan.Hidden / _plan.SequenceShare, () => $"{_plan.Tokens} tokens x {_plan.Hidden} / {_plan.SequenceShare} bytes", "Korthikanti et al., arXiv:2205.05198, section 4.3", MegatronPhase.Passes);
        }

        if (_plan.WritesScores)
        {
            var length = _plan.Run.SequenceLength!.Value;
            yield return Draft(
                "Mask of attention", length, () => $"{_plan.Tokens} tokens x {length} bytes", "NVIDIA/Megatron-LM megatron/core/datasets/gpt_dataset.py", MegatronPhase.Passes);
        }
    }

    private IEnumerable<ComponentDraft> OneLayer()
    {
        var own = _stage.Layers.Select(layer => _layers[layer]).Concat(_layers.Skip(_layers.Length - Math.Min(1, _stage.MtpLayers))).ToList();
        if (own.Count == 0)
        {
            yield break;
        }

        var gradients = own.Max(layer => layer.GradientBytesPerToken);
        yield return Draft(
            "One layer: gradients", gradients, () => $"{_plan.Tokens} tokens x {gradients:0.##} bytes", "what a network's backward pass holds, docs/training.md#megatron", MegatronPhase.Backward);
        if (_plan.Run.Recompute!.KeepsInputsOnly || _plan.Run.Recompute == Recomputation.Block)
        {
            var fullest = own.Max(layer => layer.KeptBytesPerToken);
            var together = _plan.Run.Recompute == Recomputation.Block ? 1 : Math.Min(Recomputed, _stage.Chunks.Max(chunk => chunk.Count));
            yield return Draft(
                "Layers that are computed again", fullest * together, () => $"{_plan.Tokens} tokens x {fullest:0.##} bytes x {together} layers", CheckpointSource, MegatronPhase.Backward);
        }
    }

    private ComponentDraft Draft(string name, decimal bytesPerToken, Func<string> formula, string source, MegatronPhase phases)
    {
        return new ComponentDraft(ComponentRole.Activations, name, (long)Math.Ceiling(_plan.Tokens * bytesPerToken), formula, source) { Phases = (uint)phases };
    }
}
