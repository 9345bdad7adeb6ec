using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The rows that vLLM and SGLang add to embedding and head so that the vocabulary divides by 64 and by the ranks.
/// Source: vllm-project/vllm, vllm/model_executor/layers/vocab_parallel_embedding.py (pad_vocab_size).
/// </summary>
internal static class VocabularyPadding
{
    private const long Multiple = 64;

    /// <summary>The bytes of one rank's share of the padding of one matrix.</summary>
    /// <param name="model">The model.</param>
    /// <param name="role">The embedding or the head.</param>
    /// <param name="ranks">The ranks that the vocabulary is split over.</param>
    public static long BytesOf(LlmModel model, TensorRole role, int ranks)
    {
        var matrix = model.Tensors.FirstOrDefault(
            tensor => tensor.RoleKind == role && tensor.PartKind == ModelPart.Text && tensor.Shape.Count == 2 && tensor.Layer is null);
        if (matrix is null)
        {
            return 0;
        }

        var step = Multiple * ranks / Gcd(Multiple, ranks);
        var rows = matrix.Shape[0];
        var added = (step - (rows % step)) % step;
        return added * (matrix.Bytes / rows) / ranks;
    }

    private static long Gcd(long a, long b)
    {
        return b == 0 ? a : Gcd(b, a % b);
    }
}
