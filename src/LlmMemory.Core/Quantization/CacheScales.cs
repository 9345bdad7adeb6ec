using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization;

/// <summary>
/// The scales of cached keys and values, a number each for every layer that attends. ModelOpt keeps them with the
/// projections (self_attn.k_proj.k_scale), compressed-tensors with the attention (self_attn.k_scale). Sources:
/// NVIDIA/Model-Optimizer, modelopt/torch/export/quant_utils.py (k_bmm_quantizer._amax); vllm-project/compressed-tensors,
/// quantization/lifecycle/initialize.py. nvidia/Llama-3.1-8B-Instruct-NVFP4 has 512 tensors of F32: two for each of its
/// 224 weights, and these for each of its 32 layers. Attention that keeps a latent has no such projections, and none of
/// these are counted.
/// </summary>
/// <param name="Type">How a scale is stored; as the projection was when null.</param>
/// <param name="IsOfProjection">True where the scale is the projection's.</param>
internal sealed record CacheScales(DataType? Type, bool IsOfProjection)
{
    /// <summary>The scale that lies beside a projection of keys or values; nothing beside any other tensor.</summary>
    /// <param name="projection">The projection before it was quantised.</param>
    public IEnumerable<ModelTensor> Beside(ModelTensor projection)
    {
        var side = projection.RoleKind switch
        {
            TensorRole.AttentionKey => "k",
            TensorRole.AttentionValue => "v",
            _ => null,
        };
        var suffix = $".{side}_proj.weight";
        if (side is null || projection.PartKind != ModelPart.Text || !projection.Name.EndsWith(suffix, StringComparison.Ordinal))
        {
            yield break;
        }

        var attention = projection.Name.Substring(0, projection.Name.Length - suffix.Length);
        yield return new ModelTensor(
            IsOfProjection ? $"{attention}.{side}_proj.{side}_scale" : $"{attention}.{side}_scale",
            projection.PartKind,
            TensorRole.Scale,
            projection.Layer,
            IsOfProjection ? [] : [1],
            Type ?? projection.StoredAs);
    }
}
