using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Accuracy.Peers;

/// <summary>
/// What huggingface/accelerate says that loading a model takes, src/accelerate/commands/estimate.py @16cb6eb: the model
/// is built by AutoModel, without its head, and its parameters are multiplied by the bytes of a plain type.
/// </summary>
internal static class Accelerate
{
    public static long WeightBytes(LlmModel model)
    {
        var head = model.Tensors.Where(tensor => tensor.Name.EndsWith("lm_head.weight", System.StringComparison.Ordinal)).Sum(tensor => tensor.Parameters);
        return (long)((model.Parameters - head) * BytesOf(model.Quantization ?? model.DataType));
    }

    private static double BytesOf(string format)
    {
        return format switch
        {
            "F32" => 4,
            "FP8" or "INT8" => 1,
            "MXFP4" or "GPTQ" or "AWQ" or "INT4" => 0.5,
            _ => 2,
        };
    }
}
