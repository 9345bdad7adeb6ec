using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>llama.cpp, as llama-server starts it: every buffer that its log shows, and what it does not show.</summary>
internal sealed class LlamaCppEngine : LlamaCppFrontEnd
{
    /// <summary>Creates the engine.</summary>
    public LlamaCppEngine()
        : base("LlamaCpp", "llama.cpp: every buffer of its log, by device", "llama.cpp", "llama-server")
    {
    }

    private protected override string Program => "llama.cpp";

    private protected override IReadOnlyCollection<string> Settings { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        nameof(InferenceWorkload.BatchSize), nameof(InferenceWorkload.MicroBatchSize),
        nameof(InferenceWorkload.GpuLayers), nameof(InferenceWorkload.GpuCount),
        nameof(InferenceWorkload.TensorSplit), nameof(InferenceWorkload.SplitMode), nameof(InferenceWorkload.MainGpu),
        nameof(InferenceWorkload.OverrideTensor), nameof(InferenceWorkload.CpuMoe),
        nameof(InferenceWorkload.CpuMoeLayers), nameof(InferenceWorkload.NoKvOffload),
        nameof(InferenceWorkload.UnifiedKv), nameof(InferenceWorkload.FlashAttention),
        nameof(InferenceWorkload.NoMemoryMap), nameof(InferenceWorkload.Projector),
        nameof(InferenceWorkload.LoraAdapter), nameof(InferenceWorkload.DraftModel),
        nameof(InferenceWorkload.DraftGpuLayers),
    };

    private protected override LlamaCppSettings ToSettings(LlamaCppModel model, InferenceWorkload workload)
    {
        var defaults = new LlamaCppSettings();
        var key = TypeOf(workload.KvCacheType) ?? defaults.KeyCacheType;
        return defaults with
        {
            ContextLength = workload.ContextLength,
            Slots = Slots(workload),
            UnifiedKv = workload.UnifiedKv,
            BatchSize = workload.BatchSize ?? defaults.BatchSize,
            MicroBatchSize = workload.MicroBatchSize ?? defaults.MicroBatchSize,
            FlashAttention = workload.FlashAttention switch
            {
                true => FlashAttentionMode.On,
                false => FlashAttentionMode.Off,
                _ => FlashAttentionMode.Auto,
            },
            KeyCacheType = key,
            ValueCacheType = TypeOf(workload.ValueCacheType) ?? key,
            GpuLayers = workload.GpuLayers,
            DeviceCount = workload.GpuCount ?? defaults.DeviceCount,
            TensorSplit = workload.TensorSplit,
            SplitMode = SplitModeOf(workload.SplitMode),
            MainGpu = workload.MainGpu ?? 0,
            TensorOverrides = [.. workload.OverrideTensor.Select(TensorOverride.Parse)],
            CpuMoe = workload.CpuMoe ?? false,
            CpuMoeLayers = workload.CpuMoeLayers ?? 0,
            KvOffload = !(workload.NoKvOffload ?? false),
            MemoryMap = !(workload.NoMemoryMap ?? false),
            Projector = FurtherModelKind.Projector(workload),
            Adapters = FurtherModelKind.Adapters(workload),
            Draft = FurtherModelKind.Draft(workload),
            DraftGpuLayers = workload.DraftGpuLayers,
        };
    }

    private protected override IEnumerable<string> OwnAssumptions(InferenceWorkload workload)
    {
        return [];
    }

    private static LlamaCppSplitMode SplitModeOf(string? mode)
    {
        return mode is null ? LlamaCppSplitMode.Layer
            : Enum.TryParse<LlamaCppSplitMode>(mode, ignoreCase: true, out var parsed) && Enum.IsDefined(typeof(LlamaCppSplitMode), parsed)
                ? parsed
                : throw new LlmMemoryException(
                    ErrorIds.SplitModeUnsupported, mode, $"{Quoted.Value(mode)} is no split mode of llama.cpp. Write -SplitMode layer, or none.");
    }
}
