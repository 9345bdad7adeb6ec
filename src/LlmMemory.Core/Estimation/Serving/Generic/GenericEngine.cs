using System;
using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Quantities;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.Generic;

/// <summary>
/// The textbook: weights, what each request keeps in the cache, one forward pass, and a CUDA context. No engine
/// allocates just like that; it is the floor that every engine stands on.
/// </summary>
internal sealed class GenericEngine : ServingEngine
{
    private const string Version = "1";

    // One chunk of a prompt, as engines cut it by default.
    private const long ChunkTokens = 2048;

    // Measured on H100: 79.19 GiB of the device, 78.68 GiB free once PyTorch is up.
    private const long ContextBytes = 522L << 20;

    private static readonly HashSet<string> Settings =
    [
        nameof(InferenceWorkload.PromptLength), nameof(InferenceWorkload.OutputLength),
        nameof(InferenceWorkload.TensorParallel), nameof(InferenceWorkload.PipelineParallel),
        nameof(InferenceWorkload.DataParallel),
    ];

    /// <summary>Creates the engine.</summary>
    public GenericEngine()
        : base("Generic", "Textbook: weights, KV cache, one forward pass, a CUDA context", "Textbook")
    {
    }

    private protected override Func<InferenceWorkload, string?, MemoryEstimate> Read(LlmModel model)
    {
        var served = new ServedModel(model);
        return (workload, version) => version is null or Version ? Estimate(served, workload) : throw new LlmMemoryException(
            ErrorIds.EngineVersionUnknown, version, "The textbook has no versions but its own, 1. Leave -EngineVersion out, or name an engine: -Engine vLLM.");
    }

    private MemoryEstimate Estimate(ServedModel served, InferenceWorkload workload)
    {
        var resolved = Resolve(served, workload);
        ParallelCheck.Check(served, resolved, "The textbook");
        var ranks = resolved.TensorParallel!.Value;
        var counts = PipelineStages.Split(served.LayerCount, resolved.PipelineParallel!.Value);
        var weights = served.Weights.Bytes(ranks, counts, withDrafts: false);
        var drafts = new List<ComponentDraft>();
        for (var copy = 0; copy < resolved.DataParallel!.Value; copy++)
        {
            for (int stage = 0, layer = 0; stage < counts.Count; layer += counts[stage], stage++)
            {
                var first = ((copy * counts.Count) + stage) * ranks;
                foreach (var draft in Rank(served, resolved, weights[stage], served.Mixers.Of(layer, counts[stage])))
                {
                    drafts.Add(draft with { FirstDevice = first, DeviceCount = ranks });
                }
            }
        }

        return new MemoryEstimate(ServingSubject.Of(served.Model, this, Version, resolved), null, [.. drafts], Assumptions(served, workload, resolved));
    }

    private static IEnumerable<ComponentDraft> Rank(ServedModel served, InferenceWorkload resolved, long weights, IReadOnlyList<MixerGroup> groups)
    {
        var ranks = resolved.TensorParallel!.Value;
        var cache = new SequenceCache(groups, resolved.KvCacheType!, resolved.Concurrency!.Value, ranks);
        var tokens = Tokens(resolved);
        var widths = served.Widths;
        var inner = widths.DenseMatrices * (widths.Dense + (widths.Expert * widths.ExpertsPerToken)) / ranks;
        var chunk = Math.Min(ChunkTokens, tokens);
        var element = served.ElementBytes;
        yield return new(ComponentRole.Weights, "Weights", weights, () => $"tensors over {ranks} rank(s)", "Sum over the model's tensors, docs/models.md");
        yield return new(ComponentRole.KvCache, "KV cache", cache.BytesOf(tokens), () => cache.Describe(tokens), "docs/serving.md")
        { Phases = (uint)ServingPhase.Running };
        yield return new(
            ComponentRole.Activations,
            "Forward pass",
            checked(element * chunk * (inner + (4 * widths.Hidden))),
            () => $"{element} bytes x {chunk} tokens x ({inner} + 4 x {widths.Hidden})",
            "Transformers' law, docs/serving.md")
        { Phases = (uint)ServingPhase.Prefill };
        yield return new(ComponentRole.Overhead, "CUDA context", ContextBytes, () => "522 MiB", "Measured on H100 with PyTorch, docs/serving.md");
    }

    private static InferenceWorkload Resolve(ServedModel served, InferenceWorkload workload)
    {
        return workload with
        {
            ContextLength = workload.ContextLength ?? (workload is { PromptLength: null, OutputLength: null } ? ParallelCheck.ContextOf(served) : null),
            Concurrency = workload.Concurrency ?? 1,
            KvCacheType = workload.KvCacheType ?? served.CacheType,
            TensorParallel = workload.TensorParallel ?? 1,
            PipelineParallel = workload.PipelineParallel ?? 1,
            DataParallel = workload.DataParallel ?? 1,
        };
    }

    private static long Tokens(InferenceWorkload resolved)
    {
        return resolved is { PromptLength: null, OutputLength: null }
            ? resolved.ContextLength!.Value
            : checked((resolved.PromptLength ?? 0) + (resolved.OutputLength ?? 0));
    }

    private static List<string> Assumptions(ServedModel served, InferenceWorkload workload, InferenceWorkload resolved)
    {
        var assumptions = ServingAssumptions.Of(served, workload, "the textbook", Settings);
        assumptions.AddIf(workload is { ContextLength: null, PromptLength: null, OutputLength: null }, $"Context {TokenCount.Format(Tokens(resolved))}, the model's own (-ContextLength).");
        assumptions.AddIf(workload.Concurrency is null, "One request at a time (-Concurrency).");
        assumptions.AddIf(workload.KvCacheType is null, $"KV cache in {resolved.KvCacheType}, as the model computes (-KvCacheType).");
        assumptions.Add("No engine in particular: buffers, padding and pages are not counted (-Engine).");
        return assumptions;
    }
}
