using System.Linq;
using LlmMemory.Models;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Architecture;

/// <summary>A model's weights as components: one for each part that the field speaks of, the largest first.</summary>
internal static class WeightComponents
{
    /// <summary>Where the figures come from.</summary>
    public const string Source = "Sum over the model's tensors, docs/models.md";

    /// <summary>The components; together they are the model's weight bytes.</summary>
    /// <param name="model">The model.</param>
    public static ComponentDraft[] Of(LlmModel model)
    {
        return [.. model.BytesByRole.Select(Draft)];
    }

    private static ComponentDraft Draft(WeightGroup group)
    {
        return new ComponentDraft(ComponentRole.Weights, group.Name, group.Bytes, Formula, Source);

        string Formula()
        {
            return $"{group.Tensors} tensors, {ParameterCount.Format(group.Parameters)} parameters, {group.DataTypes}";
        }
    }
}
