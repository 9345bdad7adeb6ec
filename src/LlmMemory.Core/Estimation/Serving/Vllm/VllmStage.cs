using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>One pipeline stage: what each of its ranks holds beside the cache, and the pool it would have.</summary>
/// <param name="Index">The stage, from 0.</param>
/// <param name="WeightBytes">The weights of a rank, padding of the vocabulary included.</param>
/// <param name="Mxfp4Bytes">What experts in MXFP4 take beyond their stored bytes.</param>
/// <param name="AbsorbedBytes">The copies that latent attention decodes with.</param>
/// <param name="RotaryBytes">The rotary tables of a rank.</param>
/// <param name="LoraBytes">The adapters' buffers of a rank.</param>
/// <param name="ActivationBytes">The peak of the profile run.</param>
/// <param name="EncoderBytes">What the profile run keeps of images and sounds beside it.</param>
/// <param name="Samples">True for the last stage.</param>
/// <param name="Pool">The pool of its layers.</param>
internal sealed record VllmStage(
    int Index, long WeightBytes, long Mxfp4Bytes, long AbsorbedBytes, long RotaryBytes, long LoraBytes, long ActivationBytes, long EncoderBytes, bool Samples, VllmPool Pool)
{
    private const int DefaultMaxLoraRank = 16;

    /// <summary>All that is taken off the budget before the cache, the overheads aside.</summary>
    public long BeforeCacheBytes => checked(WeightBytes + Mxfp4Bytes + AbsorbedBytes + RotaryBytes + LoraBytes + ActivationBytes + EncoderBytes);

    /// <summary>The stages of a model.</summary>
    public static IReadOnlyList<VllmStage> Of(VllmModel model, VllmSettings settings, VllmProfile profile, VllmActivations activations)
    {
        var served = model.Served;
        var counts = PipelineStages.Split(served.LayerCount, settings.PipelineParallel);
        var weights = served.Weights.Bytes(settings.TensorParallel, counts, settings.SpeculativeTokens > 0);
        var stages = new VllmStage[counts.Count];
        for (int index = 0, first = 0; index < stages.Length; first += counts[index], index++)
        {
            stages[index] = Stage(model, settings, profile, activations, weights, index, first, counts[index]);
        }

        return stages;
    }

    private static VllmStage Stage(
        VllmModel model, VllmSettings settings, VllmProfile profile, VllmActivations activations, long[] weights, int index, int first, int count)
    {
        var served = model.Served;
        var (isFirst, isLast) = (index == 0, index == weights.Length - 1);
        IReadOnlyList<MixerGroup> groups = served.Mixers.Of(first, count);
        if (isLast && settings.SpeculativeTokens > 0)
        {
            groups = [.. groups, .. served.Drafts];
        }

        var ranks = settings.TensorParallel;
        var padding = (isFirst ? served.Embedding.BytesOf(ranks) : 0)
            + (isLast ? (served.Architecture.TiesEmbeddings && !isFirst ? served.Embedding : served.Head).BytesOf(ranks) : 0);
        return new VllmStage(
            index,
            checked(weights[index] + padding),
            model.Mxfp4.ExtraBytes(first, count, settings, Mxfp4Kernels.Of(settings, profile)),
            AbsorbedProjections.BytesOf(groups, served.ElementBytes, ranks),
            checked(served.MultimodalRotaryElements * served.ElementBytes),
            LoraBytesOf(served, settings, first, count),
            settings.Calibration.Of(VllmActivations.Name, activations.PeakBytes(isLast)),
            isFirst ? EncoderBytesOf(served, settings) : 0,
            isLast,
            new VllmPool([.. groups.Select(group => VllmCacheKind.Of(group, settings, VllmStateTypes.Of(served))).OfType<VllmCacheKind>()], settings));
    }

    // The embeddings of as many tokens as one pass works on lie in the encoder cache while the language model is run.
    private static long EncoderBytesOf(ServedModel served, VllmSettings settings)
    {
        return served.VisionParameters + served.AudioParameters > 0
            ? checked(settings.BatchedTokens * served.Widths.Hidden * served.ElementBytes)
            : 0;
    }

    private static long LoraBytesOf(ServedModel served, VllmSettings settings, int first, int count)
    {
        return settings.Resolved.LoraSlots is { } slots
            ? LoraSlots.BytesOf(
                served.Model.Tensors.Where(tensor => tensor.Layer >= first && tensor.Layer < first + count),
                slots,
                settings.Resolved.MaxLoraRank ?? DefaultMaxLoraRank,
                settings.TensorParallel)
            : 0;
    }
}
