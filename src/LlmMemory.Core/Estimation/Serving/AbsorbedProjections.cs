using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The second copy that vLLM and SGLang make of what leads from a latent to keys and values, split in two and transposed, so that
/// decoding works on latents alone. Sources: sgl-project/sglang,
/// python/sglang/srt/models/deepseek_v2.py (post_load_weights: w_kc and w_vc); vllm-project/vllm, vllm/model_executor/layers/attention/mla_attention.py
/// (process_weights_after_loading: W_UV and W_UK_T); checked on DeepSeek-V2-Lite and Kimi-VL.
/// </summary>
internal static class AbsorbedProjections
{
    /// <summary>The bytes on one rank, in the type that the model computes in.</summary>
    /// <param name="groups">The layers of the rank's stage.</param>
    /// <param name="elementBytes">The bytes of an element.</param>
    /// <param name="ranks">The tensor-parallel ranks.</param>
    public static long BytesOf(IReadOnlyList<MixerGroup> groups, int elementBytes, int ranks)
    {
        var elements = 0L;
        foreach (var group in groups)
        {
            if (group.Mixer is LatentAttention attention)
            {
                elements = checked(elements + ((long)group.Layers * attention.KeyValueLoraRank * attention.Heads * (attention.QkNopeHeadSize + attention.ValueHeadSize)));
            }
        }

        return checked(elements / ranks * elementBytes);
    }
}
