using System.Collections.Generic;
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
        return
        [
            .. model.Tensors
                .Where(tensor => tensor.RoleKind != TensorRole.Duplicate)
                .GroupBy(WeightGroup.Of)
                .Select(group => Draft(group.Key, [.. group]))
                .OrderByDescending(draft => draft.Bytes),
        ];
    }

    private static ComponentDraft Draft(string name, IReadOnlyList<ModelTensor> tensors)
    {
        var bytes = tensors.Sum(tensor => tensor.Bytes);
        return new ComponentDraft(ComponentRole.Weights, name, bytes, Formula, Source);

        string Formula()
        {
            var count = tensors.Sum(tensor => tensor.Count);
            var parameters = tensors.Sum(tensor => tensor.Parameters);
            var types = string.Join(", ", tensors.Select(tensor => tensor.DataType).Distinct());
            return $"{count} tensors, {ParameterCount.Format(parameters)} parameters, {types}";
        }
    }
}
