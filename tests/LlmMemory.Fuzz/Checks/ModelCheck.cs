using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Fuzz.Checks;

/// <summary>What holds for every model that was read: its figures are there, and add up.</summary>
internal static class ModelCheck
{
    public static void Run(LlmModel model)
    {
        Holds(model.Parameters >= 0 && model.WeightBytes >= 0, "has less than nothing", model);
        Holds(model.ToString().Length > 0, "has no line", model);
        Holds(model.ContextLength is null or >= 0, "has a context of less than nothing", model);
        Holds(model.BitsPerWeight is null or >= 0, "has bits below zero", model);
        CheckParts(model);
        foreach (var tensor in model.Tensors)
        {
            CheckTensor(model, tensor);
        }

        Holds(model.Tensors.Aggregate(0L, (sum, tensor) => checked(sum + tensor.Parameters)) == model.Parameters, "does not add up", model);
    }

    private static void CheckParts(LlmModel model)
    {
        Holds(model.TextParameters <= model.Parameters, "has more text than weights", model);
        Holds(model.ActiveParameters >= 0 && model.ActiveParameters <= model.TextParameters, "has more active weights than text", model);
        Holds(model.EmbeddingParameters <= model.TextParameters, "has more embedding than text", model);
        var parts = checked(model.TextParameters + model.VisionParameters + model.AudioParameters + model.MtpParameters);
        Holds(parts <= model.Parameters, "is less than its parts", model);
    }

    private static void CheckTensor(LlmModel model, ModelTensor tensor)
    {
        Holds(tensor.Shape.All(length => length >= 0), "has a length below zero", model, tensor);
        Holds(tensor.Count >= 0 && tensor.Parameters >= 0 && tensor.Bytes >= 0, "has less than nothing", model, tensor);
        Holds(tensor.ActiveParameters >= 0 && tensor.ActiveParameters <= tensor.Parameters, "has more active weights than weights", model, tensor);
    }

    private static void Holds(bool holds, string failure, LlmModel model, ModelTensor? tensor = null)
    {
        // Put together only where it is needed: a model may have a million tensors.
        if (!holds)
        {
            throw new FuzzFailureException($"'{tensor?.Name ?? model.Name}' {failure}.");
        }
    }
}
