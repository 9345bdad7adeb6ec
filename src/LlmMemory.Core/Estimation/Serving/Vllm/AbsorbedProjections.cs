using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// The second copy that vLLM makes of what leads from a latent to keys and values, split in two and transposed, so that
/// decoding works on latents alone. Source: vllm-project/vllm, vllm/model_executor/layers/attention/mla_attention.py
/// (process_weights_after_loading: W_UV and W_UK_T); checked on DeepSeek-V2-Lite and Kimi-VL.
/// </summary>
internal static class AbsorbedProjections
{
    /// <summary>The bytes on one rank, in the type that the model computes in.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layers">The layers of the rank's stage.</param>
    /// <param name="ranks">The tensor-parallel ranks.</param>
    public static long BytesOf(LlmModel model, IEnumerable<ModelLayer> layers, int ranks)
    {
        var elements = layers
            .SelectMany(layer => layer.Mixers)
            .OfType<LatentAttention>()
            .Sum(attention => (long)attention.KeyValueLoraRank * attention.Heads * (attention.QkNopeHeadSize + attention.ValueHeadSize));
        return checked(elements / ranks * ServedType.BytesPerElement(model));
    }
}
