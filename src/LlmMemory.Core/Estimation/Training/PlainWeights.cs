using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Training;

/// <summary>Whether a model's weights are numbers that can be trained, or codes of a quantisation.</summary>
internal static class PlainWeights
{
    /// <summary>True where every weight is a number of 16 bits or more.</summary>
    public static bool Are(LlmModel model)
    {
        return model.Tensors.All(IsPlain);
    }

    private static bool IsPlain(ModelTensor tensor)
    {
        return tensor.WeightsPerTensor == 0 || (tensor.WeightsPerTensor == tensor.Elements && tensor.StoredAs.BitsPerWeight >= 16);
    }
}
