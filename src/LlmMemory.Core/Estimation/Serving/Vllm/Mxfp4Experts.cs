using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// The layers whose experts are stored in MXFP4, and what vLLM's kernels take for them beyond the checkpoint's bytes:
/// padding, 32-bit biases, scales twice.
/// </summary>
internal sealed class Mxfp4Experts
{
    private const string Format = "MXFP4";
    private const int BlockWeights = 32;
    private const int StoredBiasBytes = 2;

    private readonly MixtureOfExperts?[] _layers;

    /// <summary>Reads a model.</summary>
    /// <param name="model">The model, its weights stored as they will be.</param>
    public Mxfp4Experts(LlmModel model)
    {
        var stored = new HashSet<int>(model.Tensors
            .Where(tensor => tensor is { Quantization: Format, Experts: > 0, PartKind: ModelPart.Text, Layer: not null })
            .Select(tensor => tensor.Layer!.Value));
        _layers =
        [
            .. model.Architecture!.Layers.Select((layer, index) => stored.Contains(index) ? layer.FeedForward as MixtureOfExperts : null),
        ];
        IsEmpty = _layers.All(layer => layer is null);
    }

    /// <summary>True where no experts are stored so.</summary>
    public bool IsEmpty { get; }

    /// <summary>The bytes that a rank takes beyond its share of the stored ones.</summary>
    /// <param name="first">The first layer of the rank's stage.</param>
    /// <param name="count">The layers of the stage.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="kernels">The kernels that they are laid out for.</param>
    public long ExtraBytes(int first, int count, VllmSettings settings, Mxfp4Kernels kernels)
    {
        if (IsEmpty)
        {
            return 0;
        }

        return _layers.Skip(first).Take(count).OfType<MixtureOfExperts>()
            .GroupBy(layer => layer)
            .Sum(alike => checked(alike.Count() * ExtraBytes(alike.Key, settings, kernels)));
    }

    private static long ExtraBytes(MixtureOfExperts layer, VllmSettings settings, Mxfp4Kernels kernels)
    {
        var (ranks, width, ups) = (settings.TensorParallel, layer.LatentSize ?? layer.HiddenSize, layer.IsGated ? 2 : 1);
        var isWhole = settings.Resolved.ExpertParallel == true;
        var experts = isWhole ? VllmCacheKind.Ceiling(layer.Experts, ranks) : layer.Experts;
        var inside = isWhole ? layer.ExpertIntermediateSize : InsideOfRank(layer.ExpertIntermediateSize, ranks);
        return checked(kernels.BytesOf(experts, width, inside, ups, layer.ExpertBias) - (StoredBytes(layer, width, ups) / ranks));
    }

    // Whole blocks are split. Source: vllm-project/vllm, vllm/model_executor/models/gpt_oss.py (per_rank_intermediate_size).
    private static long InsideOfRank(long inside, int ranks)
    {
        return VllmCacheKind.Ceiling(VllmCacheKind.Ceiling(inside, BlockWeights), ranks) * BlockWeights;
    }

    private static long StoredBytes(MixtureOfExperts layer, long width, int ups)
    {
        var inside = (long)layer.ExpertIntermediateSize;
        var codes = checked((ups + 1) * inside * width * 17 / BlockWeights);
        var bias = layer.ExpertBias ? ((ups * inside) + width) * StoredBiasBytes : 0;
        return checked(layer.Experts * (codes + bias));
    }
}
