using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>One pipeline stage: what each of its ranks holds beside the cache, and the pool it would have.</summary>
/// <param name="Index">The stage, from 0.</param>
/// <param name="WeightBytes">The weights of a rank, padding of the vocabulary included.</param>
/// <param name="AbsorbedBytes">The copies that latent attention decodes with.</param>
/// <param name="RotaryBytes">The rotary tables of a rank.</param>
/// <param name="LoraBytes">The adapters' buffers of a rank.</param>
/// <param name="ActivationBytes">The peak of the profile run.</param>
/// <param name="Samples">True for the last stage.</param>
/// <param name="Pool">The pool of its layers.</param>
internal sealed record VllmStage(
    int Index, long WeightBytes, long AbsorbedBytes, long RotaryBytes, long LoraBytes, long ActivationBytes, bool Samples, VllmPool Pool)
{
    private const int DefaultMaxLoraRank = 16;

    /// <summary>All that is taken off the budget before the cache, the overheads aside.</summary>
    public long BeforeCacheBytes => checked(WeightBytes + AbsorbedBytes + RotaryBytes + LoraBytes + ActivationBytes);

    /// <summary>The stages of a model.</summary>
    public static IReadOnlyList<VllmStage> Of(LlmModel model, VllmSettings settings, VllmActivations activations)
    {
        var counts = PipelineStages.Split(model.Architecture!.Layers.Count, settings.PipelineParallel);
        var weights = new StageWeights(model, settings.TensorParallel, counts).Bytes(settings.SpeculativeTokens > 0);
        return [.. counts.Select((count, index) => Stage(index, counts.Take(index).Sum(), count))];

        VllmStage Stage(int index, int first, int count)
        {
            var (isFirst, isLast) = (index == 0, index == counts.Count - 1);
            var layers = model.Architecture.Layers.Skip(first).Take(count).Concat(isLast ? Drafts(model, settings) : []).ToList();
            var padding = (isFirst ? Padding(TensorRole.Embedding) : 0)
                + (isLast ? Padding(model.Architecture.TiesEmbeddings && !isFirst ? TensorRole.Embedding : TensorRole.Head) : 0);
            var kinds = MixerGroup.Of(model.Architecture, layers).Select(group => VllmCacheKind.Of(group, settings)).OfType<VllmCacheKind>();
            return new VllmStage(
                index,
                weights[index] + padding,
                AbsorbedProjections.BytesOf(model, layers, settings.TensorParallel),
                RotaryCache.BytesOf(model),
                LoraBytes(first, count),
                activations.PeakBytes(isLast),
                isLast,
                new VllmPool([.. kinds], settings));
        }

        long Padding(TensorRole role)
        {
            return VocabularyPadding.BytesOf(model, role, settings.TensorParallel);
        }

        long LoraBytes(int first, int count)
        {
            return settings.Resolved.LoraSlots is { } slots
                ? LoraSlots.BytesOf(
                    model.Tensors.Where(tensor => tensor.Layer >= first && tensor.Layer < first + count),
                    slots,
                    settings.Resolved.MaxLoraRank ?? DefaultMaxLoraRank,
                    settings.TensorParallel)
                : 0;
        }
    }

    private static IEnumerable<ModelLayer> Drafts(LlmModel model, VllmSettings settings)
    {
        return settings.SpeculativeTokens == 0
            ? []
            : model.Architecture!.Sections.Where(section => section.Part == ModelPart.Mtp).SelectMany(section => section.Layers);
    }
}
