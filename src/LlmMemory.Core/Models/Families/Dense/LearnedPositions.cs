using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>The table of positions that GPT-2 and the models closest to it add to the embedding.</summary>
internal static class LearnedPositions
{
    /// <summary>The style with the table.</summary>
    /// <param name="style">The style without.</param>
    /// <param name="config">The configuration, which says how many positions there are.</param>
    /// <exception cref="Errors.LlmMemoryException">It does not say how many.</exception>
    public static DecoderStyle AddTo(DecoderStyle style, ModelConfig config)
    {
        var positions = config.Int("n_positions", "max_position_embeddings", "n_ctx");
        return style with
        {
            FrameExtras = dimensions => [new Weight(TensorRole.PositionEmbedding, "wpe.weight", positions, dimensions.HiddenSize)],
        };
    }
}
