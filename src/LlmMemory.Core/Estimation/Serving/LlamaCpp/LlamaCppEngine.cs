using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>llama.cpp, as llama-server starts it: every buffer that its log shows, and what it does not show.</summary>
internal sealed class LlamaCppEngine : ServingEngine
{
    /// <summary>Creates the engine.</summary>
    public LlamaCppEngine()
        : base("LlamaCpp", "llama.cpp: every buffer of its log, by device", "llama.cpp", "llama-server")
    {
    }

    private protected override MemoryEstimate EstimateServing(LlmModel model, InferenceWorkload workload, string? version)
    {
        CheckVersion(version);
        var memory = LlamaCppMemory.Of(model, ToSettings(workload));
        var subject = ServingSubject.Of(model, this, LlamaCppMemory.Version, Resolved(workload, memory));
        return new MemoryEstimate(subject, null, [.. memory.Buffers.Select(Draft)], Assumptions(model, workload, memory));
    }

    // The rules are those of one version; nobody is told that they are another's.
    private static void CheckVersion(string? version)
    {
        if (version is not null && version.Trim().TrimStart('v', 'V') != LlamaCppMemory.Version)
        {
            throw new LlmMemoryException(
                ErrorIds.EngineVersionUnknown,
                version,
                $"{Quoted.Value(version)} is no version of llama.cpp whose rules are known. Known is {LlamaCppMemory.Version}: leave -EngineVersion out.");
        }
    }

    private static LlamaCppSettings ToSettings(InferenceWorkload workload)
    {
        var defaults = new LlamaCppSettings();
        var key = TypeOf(workload.KvCacheType) ?? defaults.KeyCacheType;
        return defaults with
        {
            ContextLength = workload.ContextLength,
            Slots = Narrow(workload.Concurrency, nameof(workload.Concurrency)),
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
        };
    }

    private static InferenceWorkload Resolved(InferenceWorkload workload, LlamaCppMemory memory)
    {
        return workload with
        {
            ContextLength = memory.ContextLength,
            Concurrency = memory.Slots,
            BatchSize = (int)memory.BatchSize,
            MicroBatchSize = (int)memory.MicroBatchSize,
            FlashAttention = memory.FlashAttention,
            KvCacheType = workload.KvCacheType ?? CacheTypes.F16,
            ValueCacheType = workload.ValueCacheType ?? workload.KvCacheType ?? CacheTypes.F16,
        };
    }

    private static ComponentDraft Draft(LlamaCppBuffer buffer)
    {
        return new ComponentDraft(RoleOf(buffer.Kind), buffer.Name, buffer.Bytes, () => buffer.Formula, buffer.Source)
        {
            FirstDevice = buffer.Gpu ?? ComponentDraft.Host,
        };
    }

    private static ComponentRole RoleOf(LlamaCppBufferKind kind)
    {
        return kind switch
        {
            LlamaCppBufferKind.Model => ComponentRole.Weights,
            LlamaCppBufferKind.KvCache or LlamaCppBufferKind.SlidingKvCache or LlamaCppBufferKind.RecurrentState => ComponentRole.KvCache,
            LlamaCppBufferKind.Output or LlamaCppBufferKind.Compute => ComponentRole.Activations,
            _ => ComponentRole.Overhead,
        };
    }

    private static DataType? TypeOf(CacheType? type)
    {
        return type is null ? null
            : CacheTypeNamed(type.Name) ?? throw new LlmMemoryException(
                ErrorIds.KvCacheTypeUnsupported,
                type.Name,
                $"llama.cpp has no KV cache in {type}. Write -KvCacheType q8_0.");
    }

    private static DataType? CacheTypeNamed(string name)
    {
        return LlamaCppSettings.CacheTypes.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    private static LlamaCppSplitMode SplitModeOf(string? mode)
    {
        return mode is null ? LlamaCppSplitMode.Layer
            : Enum.TryParse<LlamaCppSplitMode>(mode, ignoreCase: true, out var parsed) && Enum.IsDefined(typeof(LlamaCppSplitMode), parsed)
                ? parsed
                : throw new LlmMemoryException(
                    ErrorIds.SplitModeUnsupported, mode, $"{Quoted.Value(mode)} is no split mode of llama.cpp. Write -SplitMode layer, or none.");
    }

    private static int? Narrow(long? count, string name)
    {
        return count is null or <= int.MaxValue
            ? (int?)count
            : throw new LlmMemoryException(
                ErrorIds.ServingSettingOutOfRange, count, $"{count} is too much for -{name}. Write -{name} 4.");
    }

    private static List<string> Assumptions(LlmModel model, InferenceWorkload workload, LlamaCppMemory memory)
    {
        return
        [
            .. model.Assumptions,
            .. memory.Assumptions,
            .. EngineScope.WithoutPages(workload, "llama.cpp"),
            .. EngineScope.WithoutRanks(workload, "llama.cpp"),
        ];
    }
}
