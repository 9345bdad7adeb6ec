using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Adapters;

/// <summary>
/// The base model's parameters as PEFT counts them. What bitsandbytes packs is counted unpacked, two weights for each
/// byte; what GPTQ and AWQ pack are buffers, and not counted at all. Weights of multi-token prediction are not loaded.
/// Sources: huggingface/peft src/peft/peft_model.py, get_nb_trainable_parameters; ModelCloud/GPTQModel nn_modules/qlinear.
/// </summary>
internal static class PeftBaseModel
{
    // Named as the formats that hold them are, HuggingFaceSchemes and the readers of checkpoints.
    private static readonly string[] Doubled = ["NF4", "FP4"];
    private static readonly string[] Buffers = ["GPTQ", "AWQ"];

    /// <summary>The parameters that PEFT prints for the base model.</summary>
    /// <param name="model">The model, its weights stored as they will be.</param>
    /// <exception cref="System.OverflowException">The sum does not fit 64 bits.</exception>
    public static long CountParameters(LlmModel model)
    {
        return model.Tensors.Sum(IsLoaded, Count);
    }

    /// <summary>The formats of the model whose weights PEFT may count otherwise.</summary>
    public static IEnumerable<string> UnknownFormats(LlmModel model)
    {
        return model.Tensors
            .Where(tensor => tensor.WeightsPerTensor > 0 && IsPacked(tensor) && !Doubled.Any(tensor.Has) && !Buffers.Any(tensor.Has))
            .Select(tensor => tensor.Quantization ?? tensor.DataType)
            .Distinct();
    }

    private static bool IsLoaded(ModelTensor tensor)
    {
        return tensor.PartKind != ModelPart.Mtp && tensor.RoleKind is not (TensorRole.Scale or TensorRole.Buffer or TensorRole.Duplicate);
    }

    private static long Count(ModelTensor tensor)
    {
        return Buffers.Any(tensor.Has) ? 0
            : Doubled.Any(tensor.Has) ? checked(2 * tensor.Elements * tensor.Count)
            : tensor.Parameters;
    }

    private static bool IsPacked(ModelTensor tensor)
    {
        return tensor.WeightsPerTensor != tensor.Elements;
    }

    private static bool Has(this ModelTensor tensor, string format)
    {
        return tensor.Quantization?.StartsWith(format, System.StringComparison.Ordinal) == true;
    }
}
