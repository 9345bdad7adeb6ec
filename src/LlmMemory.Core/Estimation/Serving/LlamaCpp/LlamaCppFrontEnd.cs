using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// A program that serves with llama.cpp: what it allocates is what llama.cpp does, under the settings that the program
/// gives it.
/// </summary>
internal abstract class LlamaCppFrontEnd : ServingEngine
{
    private protected LlamaCppFrontEnd(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>What the program calls itself.</summary>
    private protected virtual string Program => Name;

    /// <inheritdoc/>
    internal override DeviceSplitting Splitting => DeviceSplitting.Count;

    private protected sealed override Func<InferenceWorkload, string?, MemoryEstimate> Read(LlmModel model)
    {
        var loaded = LlamaCppModel.Of(model);
        return (workload, version) => Estimate(model, loaded, workload, version);
    }

    /// <summary>The settings of a workload that the program reads, by the names of their parameters.</summary>
    private protected abstract IReadOnlyCollection<string> Settings { get; }

    /// <summary>The settings that llama.cpp gets for a workload.</summary>
    private protected abstract LlamaCppSettings ToSettings(LlamaCppModel model, InferenceWorkload workload);

    /// <summary>The program's own defaults that were taken, and what it does in a way of its own.</summary>
    private protected abstract IEnumerable<string> OwnAssumptions(InferenceWorkload workload);

    /// <summary>The type of keys or values as llama.cpp knows it; null where nothing was said.</summary>
    private protected static DataType? TypeOf(CacheType? type)
    {
        return type is null ? null
            : LlamaCppSettings.CacheTypes.FirstOrDefault(known => string.Equals(known.Name, type.Name, StringComparison.OrdinalIgnoreCase))
                ?? throw new LlmMemoryException(
                    ErrorIds.KvCacheTypeUnsupported,
                    type.Name,
                    $"llama.cpp has no KV cache in {type}. Write -KvCacheType q8_0.");
    }

    private protected static int? Slots(InferenceWorkload workload)
    {
        return workload.Concurrency is null or <= int.MaxValue
            ? (int?)workload.Concurrency
            : throw new LlmMemoryException(
                ErrorIds.ServingSettingOutOfRange,
                workload.Concurrency,
                $"{workload.Concurrency} is too much for -Concurrency. Write -Concurrency 4.");
    }

    private MemoryEstimate Estimate(LlmModel model, LlamaCppModel loaded, InferenceWorkload workload, string? version)
    {
        CheckVersion(version);
        var settings = ToSettings(loaded, workload);
        var memory = LlamaCppMemory.Of(loaded, settings);
        var subject = ServingSubject.Of(model, this, LlamaCppMemory.Version, Resolved(workload, settings, memory));
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

    // Slots that nobody asked for share one cache, and slots that somebody asked for do not: a default stays unsaid here,
    // so that the estimate is the same when it is asked for again.
    private InferenceWorkload Resolved(InferenceWorkload workload, LlamaCppSettings settings, LlamaCppMemory memory)
    {
        return workload with
        {
            ContextLength = ContextOf(memory),
            Concurrency = settings.Slots is null ? null : memory.Slots,
            BatchSize = (int)memory.BatchSize,
            MicroBatchSize = (int)memory.MicroBatchSize,
            FlashAttention = memory.FlashAttention,
            KvCacheType = CacheTypes.All.Find(settings.KeyCacheType.Name),
            ValueCacheType = CacheTypes.All.Find(settings.ValueCacheType.Name),
        };
    }

    /// <summary>The context as the program's own setting says it; llama.cpp's is that of all slots.</summary>
    private protected virtual long ContextOf(LlamaCppMemory memory)
    {
        return memory.ContextLength;
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

    private List<string> Assumptions(LlmModel model, InferenceWorkload workload, LlamaCppMemory memory)
    {
        return
        [
            .. model.Assumptions,
            .. OwnAssumptions(workload),
            .. memory.Assumptions,
            .. EngineScope.Unused(workload, Program, Settings),
        ];
    }
}
