using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>vLLM, its V1 engine: weights, profile run, and a paged pool that takes the rest of the budget.</summary>
internal sealed class VllmEngine : ServingEngine
{
    private const string PoolSource = "vllm-project/vllm, vllm/v1/core/kv_cache_utils.py";

    private const string WeightSource = "Sum over the rank's tensors; vllm-project/vllm, vllm/model_executor/layers/linear.py";

    private const string ActivationSource = "Law from logged profile runs, docs/serving.md";

    private const string OverheadSource = "Measured on H100 with vLLM 0.19, docs/serving.md";

    private static readonly HashSet<string> Settings =
    [
        nameof(InferenceWorkload.PromptLength), nameof(InferenceWorkload.OutputLength),
        nameof(InferenceWorkload.TensorParallel), nameof(InferenceWorkload.PipelineParallel),
        nameof(InferenceWorkload.DataParallel), nameof(InferenceWorkload.SharedPrefixLength),
        nameof(InferenceWorkload.DecodeContextParallel), nameof(InferenceWorkload.ExpertParallel), nameof(InferenceWorkload.DeviceMemory),
        nameof(InferenceWorkload.GpuMemoryUtilization), nameof(InferenceWorkload.MaxSequences),
        nameof(InferenceWorkload.MaxBatchedTokens), "NoPrefixCaching", nameof(InferenceWorkload.EnforceEager),
        nameof(InferenceWorkload.LoraSlots), nameof(InferenceWorkload.MaxLoraRank),
        nameof(InferenceWorkload.SpeculativeTokens),
    ];

    /// <summary>Creates the engine.</summary>
    public VllmEngine()
        : base("vLLM", "vLLM: paged cache, the rest of the budget is the cache")
    {
    }

    /// <summary>Source: vllm-project/vllm, vllm/v1/worker/utils.py (request_memory): less free memory is an error.</summary>
    internal override DeviceFilling Filling => DeviceFilling.ShareOfTotal;

    /// <inheritdoc/>
    internal override string? RulesOf(string? version)
    {
        return VllmProfiles.Find(version).Version;
    }

    private protected override Func<InferenceWorkload, string?, MemoryEstimate> Read(LlmModel model)
    {
        var read = new VllmModel(model);
        return (workload, version) => Estimate(read, workload, version);
    }

    private MemoryEstimate Estimate(VllmModel model, InferenceWorkload workload, string? version)
    {
        var served = model.Served;
        var profile = VllmProfiles.Find(version);
        var settings = new VllmSettings(served, workload, profile);
        var activations = new VllmActivations(served, settings, profile);
        var stages = VllmStage.Of(model, settings, profile, activations);
        var capacity = settings.Resolved.DeviceMemory is null ? null : new VllmCapacityReader(settings, profile).Read(stages);
        var drafts = stages.SelectMany(stage => Components(stage, settings, profile, activations, capacity));
        var subject = ServingSubject.Of(served.Model, this, profile.Version, settings.Resolved) with
        {
            Capacity = capacity,
        };
        var calibration = settings.Calibration;
        var all = calibration.Named([.. drafts, .. HostComponents(served, settings)]);
        var assumptions = Assumptions(model, workload, settings, profile, stages);
        return calibration.IsApplied
            ? Calibrated(subject, all, assumptions, calibration)
            : Measured(subject, all, assumptions, new VllmBand(model, settings, profile));
    }

    private static MemoryEstimate Measured(EstimateSubject subject, ComponentDraft[] drafts, List<string> assumptions, VllmBand band)
    {
        var (low, high) = band.Of(drafts);
        return new MemoryEstimate(subject, null, drafts, [.. assumptions, band.Sentence])
        {
            LowBytes = low,
            HighBytes = high,
            Validation = band.Validation,
        };
    }

    private static IEnumerable<ComponentDraft> Components(
        VllmStage stage, VllmSettings settings, VllmProfile profile, VllmActivations activations, ServingCapacity? capacity)
    {
        var copies = settings.Resolved.DataParallel!.Value;
        for (var copy = 0; copy < copies; copy++)
        {
            var first = ((copy * settings.PipelineParallel) + stage.Index) * settings.TensorParallel;
            foreach (var draft in RankComponents(stage, settings, profile, activations, capacity))
            {
                yield return draft with { FirstDevice = first, DeviceCount = settings.TensorParallel };
            }
        }
    }

    private static IEnumerable<ComponentDraft> RankComponents(
        VllmStage stage, VllmSettings settings, VllmProfile profile, VllmActivations activations, ServingCapacity? capacity)
    {
        yield return new(
            ComponentRole.Weights, "Weights", stage.WeightBytes, () => $"tensors of stage {stage.Index} over {settings.TensorParallel} rank(s), vocabulary padded to 64", WeightSource);
        if (stage.Mxfp4Bytes > 0)
        {
            yield return new(
                ComponentRole.Weights, "MXFP4 layout", stage.Mxfp4Bytes, () => $"experts as {Mxfp4Kernels.Of(settings, profile).Name}'s kernels want them, less their stored bytes", "vllm-project/vllm, vllm/model_executor/layers/fused_moe/oracle/mxfp4.py");
        }

        if (stage.AbsorbedBytes > 0)
        {
            yield return new(
                ComponentRole.Weights, "Absorbed projections", stage.AbsorbedBytes, () => "latent rank x heads x (key + value) of each layer, a second copy", "vllm-project/vllm, vllm/model_executor/layers/attention/mla_attention.py");
        }

        if (stage.RotaryBytes > 0)
        {
            yield return new(
                ComponentRole.Weights, "Rotary cache", stage.RotaryBytes, () => "positions x width x 2 bytes", "vllm-project/vllm, vllm/model_executor/layers/rotary_embedding");
        }

        if (stage.LoraBytes > 0)
        {
            yield return new(
                ComponentRole.Adapter, "LoRA slots", stage.LoraBytes, () => $"{settings.Resolved.LoraSlots} slots, A and B of every linear layer at the largest rank x 2 bytes", "vllm-project/vllm, vllm/lora/layers");
        }

        yield return new(
            ComponentRole.Activations, VllmActivations.Name, stage.ActivationBytes, () => activations.Describe(stage.Samples), ActivationSource)
        { Phases = (uint)ServingPhase.Running };
        if (stage.EncoderBytes > 0)
        {
            yield return new(
                ComponentRole.Activations, "Encoder cache", stage.EncoderBytes, () => $"{settings.BatchedTokens} embeddings of images x hidden width x bytes of an element", "vllm-project/vllm, vllm/v1/core/encoder_cache_manager.py (compute_mm_encoder_budget), vllm/v1/worker/gpu_model_runner.py (profile_run)")
            { Phases = (uint)ServingPhase.Running };
        }

        if (CacheBytes(stage, settings, capacity) is var cache && cache > 0)
        {
            yield return new(ComponentRole.KvCache, "KV cache", cache, stage.Pool.Describe, PoolSource) { Phases = (uint)ServingPhase.Running };
        }

        yield return new(
            ComponentRole.Overhead, VllmOverheads.NonTorch, VllmOverheads.NonTorchBytes(settings, profile), () => $"measured for {settings.TensorParallel} rank(s)", OverheadSource);
        yield return new(
            ComponentRole.Overhead, VllmOverheads.Context, VllmOverheads.ContextBytes, () => "outside gpu_memory_utilization", OverheadSource);
        if (VllmOverheads.GraphBytes(settings) is var graphs && graphs > 0)
        {
            yield return new(
                ComponentRole.Overhead, VllmOverheads.Graphs, graphs, () => profile.CountsGraphs ? "inside gpu_memory_utilization" : "outside gpu_memory_utilization", OverheadSource)
            { Phases = (uint)ServingPhase.Running };
        }
    }

    // On a known device the pool takes what is left; else as much as the workload needs.
    private static long CacheBytes(VllmStage stage, VllmSettings settings, ServingCapacity? capacity)
    {
        if (stage.Pool.IsEmpty)
        {
            return 0;
        }

        var blocks = capacity is null
            ? checked(stage.Pool.BlocksOf(settings.RequestLength) * settings.Resolved.Concurrency!.Value)
            : capacity.Blocks;
        return checked(blocks * stage.Pool.BlockBytes);
    }

    private static IEnumerable<ComponentDraft> HostComponents(ServedModel served, VllmSettings settings)
    {
        const long ProcessorCacheBytes = 4L << 30;
        if (served.VisionParameters + served.AudioParameters > 0)
        {
            yield return new ComponentDraft(
                ComponentRole.Overhead, "Multimodal processor cache", ProcessorCacheBytes * settings.Resolved.DataParallel!.Value, () => "mm_processor_cache_gb 4 for each process", "vllm-project/vllm, vllm/config/multimodal.py")
            { FirstDevice = ComponentDraft.Host };
        }
    }

    private static bool HasStates(ServedModel served)
    {
        return served.Mixers.All.Any(group => group.Mixer is RecurrentMixer and not ShortConvolution);
    }

    private static List<string> Assumptions(
        VllmModel model, InferenceWorkload workload, VllmSettings settings, VllmProfile profile, IReadOnlyList<VllmStage> stages)
    {
        var served = model.Served;
        var assumptions = ServingAssumptions.Of(served, workload, "vLLM", Settings);
        assumptions.AddRange(settings.Assumptions);
        assumptions.AddRange(settings.Calibration.Assumptions());
        assumptions.Add("Activations by a law fitted on logged runs on H100 (docs/serving.md).");
        assumptions.AddIf(!profile.IsMeasured, $"No run of vLLM {profile.Version} was measured; the coefficients are those of its neighbours.");
        assumptions.AddIf(settings.Resolved.DeviceMemory is null, "The cache is as large as the workload needs; with -DeviceMemory vLLM fills the device.");
        assumptions.AddIf(settings.TensorParallel > 4, "Memory outside PyTorch was measured up to 4 ranks.");
        assumptions.AddIf(
            served.VisionParameters + served.AudioParameters > 0,
            $"The encoder cache holds {settings.BatchedTokens} embeddings, more where one image or video has more tokens (--limit-mm-per-prompt, --mm-processor-kwargs). "
            + "The pixels and the tower's own peak are not counted: they matter where the tower's peak is above that of sampling (--skip-mm-profiling leaves both out).");
        assumptions.AddIf(settings.Resolved.ExpertParallel == true, "Experts lie whole on their ranks: the same bytes where their number divides.");
        assumptions.AddIf(settings.SpeculativeTokens > 0 && served.MtpParameters == 0, "No drafting layers in the model: a draft model of its own is not counted.");
        assumptions.AddIf(HasStates(served), $"States of recurrences in {8 * VllmStateTypes.Of(served).StateBytes} bits, as the model wants them (--mamba-ssm-cache-dtype).");
        assumptions.AddIf(
            settings.Resolved.PrefixCaching == true && served.Mixers.All.Any(group => group.Mixer is Mamba or Mamba2),
            "With prefix caching vLLM may keep a state of Mamba for each block of a request (--mamba-cache-mode all); two are counted.");
        assumptions.AddIf(!model.Mxfp4.IsEmpty, $"Experts in MXFP4 by {Mxfp4Kernels.Of(settings, profile).Name}'s kernels: the device is told by its memory, an H100 where that is not said.");
        assumptions.AddIf(stages[0].Pool.IsEmpty, "The model keeps nothing in the paged pool.");
        return assumptions;
    }
}
