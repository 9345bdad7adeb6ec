using System;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.Sglang;

/// <summary>
/// What SGLang takes by the size of the device: the chunk that prompts are cut into, the largest batch that it captures,
/// and the share of the device for weights and pools. Source: sgl-project/sglang, python/sglang/srt/server_args.py
/// (_handle_gpu_memory_settings, adjust_mem_fraction_for_vlm).
/// </summary>
/// <param name="ChunkTokens">chunked_prefill_size.</param>
/// <param name="GraphBatch">cuda_graph_max_bs.</param>
internal sealed record SglangDefaults(long ChunkTokens, long GraphBatch)
{
    private const long MiB = 1L << 20;

    private const long GiB = 1L << 30;

    // Where no device is said: those of 80 GB, the most common that SGLang is run on.
    private const long UsualDevice = 80 * GiB;

    /// <summary>The defaults of a device.</summary>
    /// <param name="device">Its bytes; null where it is not known.</param>
    /// <param name="ranks">The tensor-parallel ranks.</param>
    public static SglangDefaults Of(long? device, int ranks)
    {
        var isWide = ranks >= 4;
        return (device ?? UsualDevice) switch
        {
            < 20 * GiB => new(2048, 8),
            < 35 * GiB => new(2048, isWide ? 80 : 24),
            < 60 * GiB => new(4096, isWide ? 160 : 32),
            < 160 * GiB => new(8192, isWide ? 512 : 256),
            _ => new(16384, 512),
        };
    }

    /// <summary>The default of mem_fraction_static: what is left of the device when SGLang's reserve is taken off.</summary>
    /// <param name="device">The device's bytes.</param>
    /// <param name="served">The model: one with a vision tower leaves more room.</param>
    /// <param name="chunkTokens">The chunk.</param>
    /// <param name="graphBatch">The largest batch that is captured.</param>
    /// <param name="gpus">The GPUs of one copy of the model.</param>
    /// <param name="isDrafting">True where tokens are drafted.</param>
    public static decimal MemoryFraction(long device, ServedModel served, long chunkTokens, long graphBatch, int gpus, bool isDrafting)
    {
        var reserve = 512 + (1.5m * Math.Max(chunkTokens, 2048)) + (2 * graphBatch) + (gpus / 8m * 1024);
        reserve = device > 60 * GiB ? Math.Max(reserve, 10 * 1024) : reserve;
        reserve += isDrafting ? 2 * 1024 : 0;
        var memory = device / (decimal)MiB;
        return Math.Max(0, Math.Round((memory - reserve) / memory, 3) * VisionFactor(served));
    }

    // A tower of 24 layers of width 1024 is SGLang's measure.
    private static decimal VisionFactor(ServedModel served)
    {
        if (served.VisionParameters == 0)
        {
            return 1;
        }

        var layers = served.Architecture.Sections.FirstOrDefault(section => section.Part == ModelPart.Vision)?.Layers ?? [];
        var width = layers.SelectMany(layer => layer.Mixers).OfType<GroupedQueryAttention>().FirstOrDefault()?.HiddenSize ?? 1024;
        var size = (layers.Count == 0 ? 24 : layers.Count) * (decimal)width * width / (24 * 1024 * 1024);
        return 0.95m * Math.Min(1.05m, Math.Max(0.8m, 1 - (0.1m * (size - 1))));
    }
}
