using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;

namespace LlmMemory.Quantization.HuggingFace;

/// <summary>Refuses to store weights otherwise that are no plain floats any more: their values are lost.</summary>
internal static class PlainWeights
{
    /// <summary>Makes sure that no tensor is quantised.</summary>
    /// <param name="weights">The model's tensors.</param>
    /// <param name="scheme">What they were to be stored as.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ModelAlreadyQuantized"/>.</exception>
    public static void Ensure(TensorInventory weights, string scheme)
    {
        var quantized = weights.FirstOrDefault(tensor => tensor.RoleKind == TensorRole.Scale || tensor.StoredAs.BitsPerWeight < 16);
        if (quantized is not null)
        {
            throw new LlmMemoryException(
                ErrorIds.ModelAlreadyQuantized,
                scheme,
                $"The model cannot be stored as {scheme}: {quantized.Name} is {quantized.DataType} already. "
                + "Give the model that it was made from, or leave -DataType out for its own size.");
        }
    }
}
