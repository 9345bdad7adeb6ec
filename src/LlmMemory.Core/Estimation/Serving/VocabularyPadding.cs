using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The rows that vLLM and SGLang add to embedding and head so that the vocabulary divides by 64 and by the ranks.
/// Sources: vllm-project/vllm, vllm/model_executor/layers/vocab_parallel_embedding.py (pad_vocab_size);
/// sgl-project/sglang, python/sglang/srt/layers/vocab_parallel_embedding.py.
/// </summary>
/// <param name="Rows">The rows of the matrix; 0 where there is none.</param>
/// <param name="RowBytes">The bytes of a row.</param>
internal readonly record struct VocabularyPadding(long Rows, long RowBytes)
{
    private const long Multiple = 64;

    /// <summary>Reads a matrix of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="role">The embedding or the head.</param>
    public static VocabularyPadding Of(LlmModel model, TensorRole role)
    {
        var matrix = model.Tensors.FirstOrDefault(
            tensor => tensor.RoleKind == role && tensor.PartKind == ModelPart.Text && tensor.Shape.Count == 2 && tensor.Layer is null);
        return matrix is null ? default : new VocabularyPadding(matrix.Shape[0], matrix.Bytes / matrix.Shape[0]);
    }

    /// <summary>The bytes of one rank's share of the padding.</summary>
    /// <param name="ranks">The ranks that the vocabulary is split over.</param>
    public long BytesOf(int ranks)
    {
        var step = Multiple * ranks / Gcd(Multiple, ranks);
        return (step - (Rows % step)) % step * RowBytes / ranks;
    }

    private static long Gcd(long a, long b)
    {
        return b == 0 ? a : Gcd(b, a % b);
    }
}
