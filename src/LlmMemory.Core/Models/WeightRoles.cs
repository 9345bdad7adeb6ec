using System;

namespace LlmMemory.Models;

/// <summary>The parts of a model that people speak of, each some roles of tensors.</summary>
internal static class WeightRoles
{
    /// <summary>The group that a tensor counts towards: <c>Attention</c>, <c>Experts</c>, <c>Vision</c>.</summary>
    /// <param name="tensor">The tensor.</param>
    public static string Of(ModelTensor tensor)
    {
        return tensor.PartKind is ModelPart.Text or ModelPart.Encoder
            ? OfRole(tensor.RoleKind)
            : tensor.PartKind.ToString();
    }

    private static string OfRole(TensorRole role)
    {
        var name = role.ToString();
        foreach (var group in (string[])["Attention", "SharedExpert", "Expert", "Mlp", "Recurrent"])
        {
            if (name.StartsWith(group, StringComparison.Ordinal))
            {
                return group is "Expert" or "SharedExpert" ? group + "s" : group;
            }
        }

        return role switch
        {
            TensorRole.Indexer => "Attention",
            TensorRole.PositionEmbedding or TensorRole.PerLayerEmbedding => nameof(TensorRole.Embedding),
            TensorRole.Scale => "Scales",
            TensorRole.Norm => "Norms",
            TensorRole.Embedding or TensorRole.Head or TensorRole.Router => name,
            _ => "Other",
        };
    }
}
