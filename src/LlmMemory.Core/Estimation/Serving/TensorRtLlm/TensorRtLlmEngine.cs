using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.TensorRtLlm;

/// <summary>TensorRT-LLM: weights, what a pass needs, and a paged cache in a share of what is free after loading.</summary>
internal sealed class TensorRtLlmEngine : ServingEngine
{
    private const string MemorySource = "NVIDIA/TensorRT-LLM, docs/source/reference/memory.md";

    private const string MeasuredSource = "ai-dynamo/aiconfigurator, src/aiconfigurator/sdk/backends/trtllm_backend.py";

    private static readonly HashSet<string> Settings =
    [
        nameof(InferenceWorkload.PromptLength), nameof(InferenceWorkload.OutputLength),
        nameof(InferenceWorkload.TensorParallel), nameof(InferenceWorkload.PipelineParallel),
        nameof(InferenceWorkload.DataParallel), nameof(InferenceWorkload.SharedPrefixLength),
        nameof(InferenceWorkload.ExpertParallel), nameof(InferenceWorkload.DeviceMemory),
        nameof(InferenceWorkload.GpuMemoryUtilization), nameof(InferenceWorkload.MaxSequences),
        nameof(InferenceWorkload.MaxBatchedTokens), "NoPrefixCaching",
    ];

    /// <summary>Creates the engine.</summary>
    public TensorRtLlmEngine()
        : base("TensorRT-LLM", "TensorRT-LLM: the cache is a share of what is free after loading", "TRT-LLM", "TensorRT")
    {
    }

    /// <inheritdoc/>
    internal override DeviceFilling Filling => DeviceFilling.ShareOfFree;

    private protected override Func<InferenceWorkload, string?, MemoryEstimate> Read(LlmModel model)
    {
        var served = new ServedModel(model);
        return (workload, version) => Estimate(served, workload, version);
    }

    private MemoryEstimate Estimate(ServedModel served, InferenceWorkload workload, string? version)
    {
        var profile = TensorRtLlmProfile.Find(version);
        var settings = new TensorRtLlmSettings(served, workload);
        var stages = TensorRtLlmStage.Of(served, settings);
        var reader = settings.Resolved.DeviceMemory is null ? null : new TensorRtLlmCapacityReader(settings, profile);
        var blocks = reader?.BlocksOf(stages) ?? BlocksOfWorkload(settings, profile);
        var drafts = stages.SelectMany(stage => Components(stage, served, settings, profile, blocks));
        var subject = ServingSubject.Of(served.Model, this, profile.Version, settings.Resolved) with
        {
            Capacity = reader?.Read(stages, blocks),
        };
        return new MemoryEstimate(subject, null, [.. drafts], Assumptions(served, workload, settings, profile));
    }

    // Each request fills blocks of its own, but for those of a prefix that all share.
    private static long BlocksOfWorkload(TensorRtLlmSettings settings, TensorRtLlmProfile profile)
    {
        var (length, shared) = (settings.Requests.Length, settings.Requests.Shared / profile.BlockTokens);
        var blocks = (length / profile.BlockTokens) + (length % profile.BlockTokens == 0 ? 0 : 1);
        return checked(shared + ((blocks - shared) * settings.Resolved.Concurrency!.Value));
    }

    private static IEnumerable<ComponentDraft> Components(
        TensorRtLlmStage stage, ServedModel served, TensorRtLlmSettings settings, TensorRtLlmProfile profile, long blocks)
    {
        for (var copy = 0; copy < settings.Resolved.DataParallel!.Value; copy++)
        {
            var first = ((copy * settings.PipelineParallel) + stage.Index) * settings.TensorParallel;
            foreach (var draft in RankComponents(stage, served, settings, profile, blocks))
            {
                if (draft.Bytes > 0)
                {
                    yield return draft with { FirstDevice = first, DeviceCount = settings.TensorParallel };
                }
            }
        }
    }

    private static IEnumerable<ComponentDraft> RankComponents(
        TensorRtLlmStage stage, ServedModel served, TensorRtLlmSettings settings, TensorRtLlmProfile profile, long blocks)
    {
        yield return new(
            ComponentRole.Weights, "Weights", stage.WeightBytes, () => $"tensors of stage {stage.Index} over {settings.TensorParallel} rank(s)", "Sum over the rank's tensors, docs/models.md");
        yield return new(
            ComponentRole.Activations,
            "Activations",
            stage.ActivationBytes,
            () => $"2 bytes x {settings.Resolved.MaxBatchedTokens} tokens x {served.Widths.Hidden} x {MeasuredActivations.TensorRtLlm.Coefficient(served.Widths, settings.TensorParallel)}, at least 70 MiB",
            MeasuredSource);
        yield return new(
            ComponentRole.KvCache,
            "KV cache",
            checked(blocks * profile.BlockTokens * stage.TokenBytes),
            () => $"{blocks} blocks x {profile.BlockTokens} tokens x {stage.TokenBytes} bytes",
            MemorySource)
        { Phases = (uint)ServingPhase.Running };
        yield return new(
            ComponentRole.KvCache,
            "States",
            checked(settings.StateSlots * stage.StateBytes),
            () => $"{settings.StateSlots} sequences x {stage.StateBytes} bytes",
            MemorySource)
        { Phases = (uint)ServingPhase.Running };
        yield return new(
            ComponentRole.Overhead, "CUDA and libraries", TensorRtLlmOverheads.OtherBytes(profile), () => $"{profile.OtherMiB} MiB", MeasuredSource);
        yield return new(
            ComponentRole.Overhead, "NCCL", TensorRtLlmOverheads.NcclBytes(settings), () => $"measured for {settings.TensorParallel} rank(s)", MeasuredSource);
    }

    private static List<string> Assumptions(ServedModel served, InferenceWorkload workload, TensorRtLlmSettings settings, TensorRtLlmProfile profile)
    {
        var assumptions = ServingAssumptions.Of(served, workload, "TensorRT-LLM", Settings);
        assumptions.AddRange(settings.Assumptions);
        assumptions.Add("Activations and memory beside weights and cache by NVIDIA's aiconfigurator; CUDA graphs are part of it. Neither was checked against a run.");
        assumptions.AddIf(settings.Resolved.DeviceMemory is null, "The cache is as large as the workload needs; with -DeviceMemory TensorRT-LLM fills the device.");
        assumptions.AddIf(served.HasWindows, "Layers with a window keep every token: pools by window are not modelled.");
        assumptions.AddIf(settings.StateSlots != workload.MaxSequences && HasStates(served), "States are kept for the requests of the workload; TensorRT-LLM keeps them for max_batch_size (-MaxSequences).");
        assumptions.AddIf(served.VisionParameters + served.AudioParameters > 0, "What images and sound are computed with is not counted.");
        assumptions.AddIf(settings.Resolved.DataParallel > 1, "Whole copies of the model; data-parallel attention is not modelled.");
        assumptions.AddIf(profile.BlockTokens != 32, $"Blocks of {profile.BlockTokens} tokens, as engines of that time were built.");
        return assumptions;
    }

    private static bool HasStates(ServedModel served)
    {
        return served.Mixers.All.Any(group => group.Mixer is RecurrentMixer);
    }
}
