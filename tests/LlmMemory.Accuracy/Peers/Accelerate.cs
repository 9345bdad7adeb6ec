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

    /// <summary>
    /// "Training using Adam" of a model in 16 bits: four times its 16 bits (estimate_training_usage @00e4d26, of which the
    /// largest part is shown: two moments in 32 bits).
    /// </summary>
    public static double TrainingBytes(PeerShape shape)
    {
        return 8d * (shape.Parameters - shape.HeadParameters);
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
