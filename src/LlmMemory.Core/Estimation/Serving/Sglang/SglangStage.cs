using System;
using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Sglang;

/// <summary>One pipeline stage: what each of its ranks loads before the pools, and the pools it would have.</summary>
/// <param name="Index">The stage, from 0.</param>
/// <param name="WeightBytes">The weights of a rank, padding of the vocabulary included.</param>
/// <param name="AbsorbedBytes">The copies that latent attention decodes with.</param>
/// <param name="RotaryBytes">The rotary tables of a rank.</param>
/// <param name="DraftWeightBytes">The layers that draft, which a worker of their own loads.</param>
/// <param name="DraftTokenBytes">A token's cache in these layers.</param>
/// <param name="Pool">The pools of its layers.</param>
internal sealed record SglangStage(
    int Index, long WeightBytes, long AbsorbedBytes, long RotaryBytes, long DraftWeightBytes, long DraftTokenBytes, SglangPool Pool)
{
    // On CUDA the tables stay in 32 bits. Source: sgl-project/sglang, python/sglang/srt/layers/rotary_embedding.py.
    private const int RotaryElementBytes = 4;

    /// <summary>All that lies on a rank before the pools.</summary>
    public long LoadedBytes => checked(WeightBytes + AbsorbedBytes + RotaryBytes);

    /// <summary>The stages of a model.</summary>
    /// <param name="served">The model.</param>
    /// <param name="settings">The settings.</param>
    public static IReadOnlyList<SglangStage> Of(ServedModel served, SglangSettings settings)
    {
        var (ranks, counts) = (settings.TensorParallel, PipelineStages.Split(served.LayerCount, settings.PipelineParallel));
        var weights = served.Weights.Bytes(ranks, counts, withDrafts: false);
        var withDrafts = settings.IsDrafting ? served.Weights.Bytes(ranks, counts, withDrafts: true) : weights;
        var stages = new SglangStage[counts.Count];
        for (int index = 0, first = 0; index < stages.Length; first += counts[index], index++)
        {
            var groups = served.Mixers.Of(first, counts[index]);
            stages[index] = new SglangStage(
                index,
                checked(weights[index] + Padding(served, index, stages.Length, ranks)),
                AbsorbedProjections.BytesOf(groups, served.ElementBytes, ranks),
                RotaryBytesOf(served),
                withDrafts[index] - weights[index],
                settings.IsDrafting && index == stages.Length - 1 ? DraftRow(served, settings) : 0,
                new SglangPool(groups, served.Architecture, settings));
        }

        return stages;
    }

    // Gemma 3 has its tables without their scaling. Source: sgl-project/sglang, python/sglang/srt/models/gemma3_causal.py.
    private static long RotaryBytesOf(ServedModel served)
    {
        var isPlain = served.Architecture.ModelType.StartsWith("gemma3", StringComparison.Ordinal);
        return checked((isPlain ? served.UnstretchedRotaryElements : served.RotaryElements) * RotaryElementBytes);
    }

    private static long Padding(ServedModel served, int stage, int stages, int ranks)
    {
        var head = served.Architecture.TiesEmbeddings && stages > 1 ? served.Embedding : served.Head;
        return (stage == 0 ? served.Embedding.BytesOf(ranks) : 0) + (stage == stages - 1 ? head.BytesOf(ranks) : 0);
    }

    private static long DraftRow(ServedModel served, SglangSettings settings)
    {
        return new SequenceCache(served.Drafts, settings.Resolved.KvCacheType!, 1, settings.TensorParallel).BytesPerToken;
    }
}
