using System;
using System.Collections.Generic;
using LlmMemory.Models;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.Transformers;

/// <summary>
/// Hugging Face Transformers' generate with a dynamic cache and flash or memory-efficient attention: weights, the cache
/// of what has been read, and what one pass over the prompt holds. Law and coefficients: docs/serving.md, from Qwen's own tables (24 BF16 rows of Qwen2 and Qwen2.5, A100).
/// </summary>
internal sealed class TransformersEngine : ServingEngine
{
    private const string Source = "Law from 24 measured rows, docs/serving.md";

    private static readonly HashSet<string> Settings =
    [
        nameof(InferenceWorkload.PromptLength), nameof(InferenceWorkload.OutputLength),
    ];

    /// <summary>Creates the engine.</summary>
    public TransformersEngine()
        : base("Transformers", "Hugging Face Transformers: generate with a dynamic cache", "HF", "HuggingFace", "HFTransformers")
    {
    }

    /// <inheritdoc/>
    internal override DeviceSplitting Splitting => DeviceSplitting.None;

    private protected override Func<InferenceWorkload, string?, MemoryEstimate> Read(LlmModel model)
    {
        var served = new ServedModel(model);
        var groups = served.Mixers.All;
        return (workload, version) => Estimate(served, groups, workload, version);
    }

    private MemoryEstimate Estimate(ServedModel served, IReadOnlyList<MixerGroup> groups, InferenceWorkload workload, string? version)
    {
        var profile = TransformersProfile.Find(version);
        var settings = new TransformersSettings(served, workload);
        var cache = new SequenceCache(groups, settings.CacheType, settings.BatchSize);
        var subject = ServingSubject.Of(served.Model, this, profile.Version, settings.Resolved);
        return new MemoryEstimate(subject, null, [.. Components(served, settings, profile, cache)], Assumptions(served, workload, settings));
    }

    private static IEnumerable<ComponentDraft> Components(
        ServedModel served, TransformersSettings settings, TransformersProfile profile, SequenceCache cache)
    {
        var (element, widths, vocabulary) = (served.ElementBytes, served.Widths, served.Architecture.VocabularySize);
        var prompt = checked(settings.PromptLength * settings.BatchSize);
        var weights = served.Weights.Bytes(1, [served.LayerCount], withDrafts: false)[0];
        yield return new(ComponentRole.Weights, "Weights", weights, () => $"{served.Model.Tensors.Count} tensors", "Sum over the model's tensors, docs/models.md");
        yield return new(ComponentRole.KvCache, "KV cache of the prompt", cache.BytesOf(settings.PromptLength), () => cache.Describe(settings.PromptLength), Source)
        { Phases = (uint)ServingPhase.Prefill };
        yield return new(ComponentRole.KvCache, "KV cache", cache.BytesOf(settings.TotalLength), () => cache.Describe(settings.TotalLength), Source)
        { Phases = (uint)ServingPhase.Decode };
        var forward = checked(element * prompt * ((widths.DenseMatrices * (widths.Dense + (widths.Expert * widths.ExpertsPerToken))) + (4 * widths.Hidden)));
        var logits = profile.HasAllLogits
            ? checked(prompt * ((vocabulary * (element + 4)) + (2 * element * widths.Hidden)))
            : 0;
        yield return logits > forward
            ? new(
                ComponentRole.Activations,
                "Logits of every position",
                logits,
                () => $"{prompt} tokens x ({vocabulary} x ({element} + 4 bytes) + 2 x {widths.Hidden} x {element} bytes)",
                "huggingface/transformers before 4.45: logits of the whole prompt, and their copy in 32 bits")
            { Phases = (uint)ServingPhase.Prefill }
            : new(
                ComponentRole.Activations,
                "Prefill",
                forward,
                () => $"{element} bytes x {prompt} tokens x ({widths.DenseMatrices} x {widths.Dense + (widths.Expert * widths.ExpertsPerToken)} + 4 x {widths.Hidden})",
                Source)
            { Phases = (uint)ServingPhase.Prefill };
        yield return new(ComponentRole.Activations, "Decoding", 40L << 20, () => "40 MiB", "28 measured rows of Qwen3 on H20, docs/serving.md")
        { Phases = (uint)ServingPhase.Decode };
    }

    private static List<string> Assumptions(ServedModel served, InferenceWorkload workload, TransformersSettings settings)
    {
        return
        [
            .. ServingAssumptions.Of(served, workload, "Transformers", Settings),
            .. settings.Assumptions,
            "PyTorch's allocated peak: the CUDA context, about 0.5 GiB, comes on top.",
            "Flash or memory-efficient attention; eager attention adds prompt x prompt x heads.",
        ];
    }
}
