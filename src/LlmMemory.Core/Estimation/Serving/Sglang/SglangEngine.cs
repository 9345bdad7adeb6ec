using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Quantities;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.Sglang;

/// <summary>SGLang: weights, then pools of tokens that take the rest of a share of the device.</summary>
internal sealed class SglangEngine : ServingEngine
{
    private const string Version = "0.5";

    private static readonly HashSet<string> Settings =
    [
        nameof(InferenceWorkload.PromptLength), nameof(InferenceWorkload.OutputLength),
        nameof(InferenceWorkload.TensorParallel), nameof(InferenceWorkload.PipelineParallel),
        nameof(InferenceWorkload.DataParallel), nameof(InferenceWorkload.SharedPrefixLength),
        nameof(InferenceWorkload.ExpertParallel), nameof(InferenceWorkload.DeviceMemory),
        nameof(InferenceWorkload.GpuMemoryUtilization), nameof(InferenceWorkload.MaxSequences),
        nameof(InferenceWorkload.MaxBatchedTokens), "NoPrefixCaching", nameof(InferenceWorkload.EnforceEager),
        nameof(InferenceWorkload.SpeculativeTokens),
    ];

    /// <summary>Creates the engine.</summary>
    public SglangEngine()
        : base("SGLang", "SGLang: pools of tokens, the rest of mem_fraction_static", "sgl")
    {
    }

    /// <inheritdoc/>
    internal override DeviceFilling Filling => DeviceFilling.ShareOfFree;

    /// <inheritdoc/>
    internal override string? RulesOf(string? version)
    {
        CheckVersion(version);
        return Version;
    }

    private protected override Func<InferenceWorkload, string?, MemoryEstimate> Read(LlmModel model)
    {
        var served = new ServedModel(model);
        return (workload, version) => Estimate(served, workload, version);
    }

    private MemoryEstimate Estimate(ServedModel served, InferenceWorkload workload, string? version)
    {
        CheckVersion(version);
        var settings = new SglangSettings(served, workload);
        var stages = SglangStage.Of(served, settings);
        var reader = settings.Resolved.DeviceMemory is null ? null : new SglangCapacityReader(settings);
        var size = reader?.SizeOf(stages);
        var drafts = new List<ComponentDraft>();
        foreach (var stage in stages)
        {
            SglangComponents.Add(drafts, served, settings, stage, size ?? stage.Pool.SizeFor(settings.Resolved.Concurrency!.Value));
        }

        var subject = ServingSubject.Of(served.Model, this, Version, settings.Resolved) with
        {
            Capacity = reader?.Read(stages, size!.Value),
        };
        var assumptions = Assumptions(served, workload, settings, stages, reader);
        return settings.Calibration.IsApplied
            ? Calibrated(subject, settings.Calibration.Named([.. drafts]), assumptions, settings.Calibration)
            : new MemoryEstimate(subject, null, [.. drafts], assumptions);
    }

    // The rules are those of one minor version; nobody is told that they are another's.
    private static void CheckVersion(string? version)
    {
        var said = version?.Trim().TrimStart('v', 'V');
        if (said is not null && said != Version && !said.StartsWith(Version + ".", StringComparison.Ordinal))
        {
            throw new LlmMemoryException(
                ErrorIds.EngineVersionUnknown,
                version,
                $"{Quoted.Value(version)} is no version of SGLang whose rules are known. Known is {Version}: leave -EngineVersion out.");
        }
    }

    private static List<string> Assumptions(
        ServedModel served, InferenceWorkload workload, SglangSettings settings, IReadOnlyList<SglangStage> stages, SglangCapacityReader? reader)
    {
        var assumptions = ServingAssumptions.Of(served, workload, "SGLang", Settings);
        assumptions.AddRange(settings.Assumptions);
        assumptions.AddRange(settings.Calibration.Assumptions());
        assumptions.Add("Activations by a law of NVIDIA's aiconfigurator, graphs by SGLang's own reckoning: neither was checked against a run.");
        assumptions.AddIf(settings.Resolved.DeviceMemory is null, "The pools are as large as the workload needs; with -DeviceMemory SGLang fills the device.");
        assumptions.AddIf(stages.Any(stage => stage.Pool.KeepsWindows), "Layers with a window keep every token: SGLang has no smaller pool for this model.");
        assumptions.AddIf(stages.Any(stage => stage.Pool.SlidingBytes > 0), "Layers with a window have a pool of 0.8 times the tokens, swa_full_tokens_ratio's default.");
        assumptions.AddIf(stages.Any(stage => stage.Pool.StateBytes > 0), "States take 0.9 times the memory of the pools, mamba_full_memory_ratio's default, and 3 slots a request with the radix cache.");
        assumptions.AddIf(settings.TensorParallel * settings.PipelineParallel > 1, "What torch.distributed takes was measured with 8 ranks on H200.");
        assumptions.AddIf(served.VisionParameters + served.AudioParameters > 0, "What images and sound are computed with is not counted.");
        assumptions.AddIf(settings.Resolved.DataParallel > 1, "Whole copies of the model; data-parallel attention is not modelled.");
        assumptions.AddIf(settings.Resolved.ExpertParallel == true, "Experts lie whole on their ranks: the same bytes where their number divides; DeepEP's buffers are not counted.");
        assumptions.AddIf(settings.IsDrafting && served.MtpParameters == 0, "No drafting layers in the model: a draft model of its own is not counted.");
        assumptions.AddIf(reader is not null && Shortage(served, settings, reader) > 0, $"SGLang starts, and may run out of memory at work: activations and graphs take {ByteSize.FormatGB(reader is null ? 0 : Shortage(served, settings, reader))} more than mem_fraction_static leaves. Lower -GpuMemoryUtilization.");
        return assumptions;
    }

    private static long Shortage(ServedModel served, SglangSettings settings, SglangCapacityReader reader)
    {
        return SglangOverheads.ActivationBytes(served, settings) + SglangOverheads.GraphBytes(settings) - (reader.FreeBytes - reader.StaticBytes);
    }
}
