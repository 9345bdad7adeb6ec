using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.TensorRtLlm;

/// <summary>One pipeline stage: what each of its ranks holds beside the cache, and what the cache takes.</summary>
/// <param name="Index">The stage, from 0.</param>
/// <param name="WeightBytes">The weights of a rank.</param>
/// <param name="ActivationBytes">What is held for a pass, fixed when the engine starts.</param>
/// <param name="TokenBytes">What a token takes in the cache of a rank.</param>
/// <param name="StateBytes">What the states of a sequence take there.</param>
internal sealed record TensorRtLlmStage(int Index, long WeightBytes, long ActivationBytes, long TokenBytes, long StateBytes)
{
    // Experts work on blocks of 128 elements with a scale of 32 bits each.
    private const int ScaleBlock = 128;

    private const int ScaleBytes = 4;

    /// <summary>The stages of a model.</summary>
    /// <param name="served">The model.</param>
    /// <param name="settings">The settings.</param>
    public static IReadOnlyList<TensorRtLlmStage> Of(ServedModel served, TensorRtLlmSettings settings)
    {
        var counts = PipelineStages.Split(served.LayerCount, settings.PipelineParallel);
        var weights = served.Weights.Bytes(settings.TensorParallel, counts, withDrafts: false);
        var activations = Activations(served, settings);
        var stages = new TensorRtLlmStage[counts.Count];
        for (int index = 0, first = 0; index < stages.Length; first += counts[index], index++)
        {
            var groups = served.Mixers.Of(first, counts[index]);
            stages[index] = new TensorRtLlmStage(
                index, weights[index], activations, TokenBytesOf(groups, settings), StateBytesOf(groups, settings.TensorParallel));
        }

        return stages;
    }

    private static long Activations(ServedModel served, TensorRtLlmSettings settings)
    {
        var tokens = settings.Resolved.MaxBatchedTokens!.Value;
        var law = MeasuredActivations.TensorRtLlm.BytesOf(served.Widths, tokens, settings.TensorParallel);
        var parts = settings.Resolved.ExpertParallel == true ? settings.TensorParallel : 1;
        var workspace = served.HasLatentAttention
            ? checked(tokens * served.Widths.Hidden * served.Widths.Experts * served.Widths.ExpertsPerToken) / parts / ScaleBlock * ScaleBytes
            : 0;
        return checked(law + workspace);
    }

    private static long TokenBytesOf(IReadOnlyList<MixerGroup> groups, TensorRtLlmSettings settings)
    {
        var (type, ranks, bytes) = (settings.Resolved.KvCacheType!, settings.TensorParallel, 0L);
        foreach (var group in groups)
        {
            bytes = checked(bytes + (group.Layers * (group.Mixer switch
            {
                GroupedQueryAttention attention => CacheRow.KeyBytes(attention, type, ranks) + CacheRow.ValueBytes(attention, type, ranks),
                CrossAttention cross => CacheRow.KeyBytes(cross.Projections, type, ranks) + CacheRow.ValueBytes(cross.Projections, type, ranks),
                LatentAttention attention => CacheRow.LatentBytes(attention, type),
                _ => 0,
            })));
        }

        return bytes;
    }

    private static long StateBytesOf(IReadOnlyList<MixerGroup> groups, int ranks)
    {
        var bytes = 0L;
        foreach (var group in groups)
        {
            bytes = checked(bytes + (group.Mixer is RecurrentMixer recurrence ? group.Layers * CacheRow.StateBytes(recurrence, ranks) : 0));
        }

        return bytes;
    }
}
