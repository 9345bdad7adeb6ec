using LlmMemory.DataTypes;

namespace LlmMemory.Models.Blocks;

/// <summary>
/// Makes one key, which is the value too, of several tokens in a row (DeepSeek-V4). Where spans overlap, each token
/// gives to its own span and to the next, and the projections are twice as wide. Sources: transformers,
/// models/deepseek_v4/modular_deepseek_v4.py (DeepseekV4CSACompressor, DeepseekV4HCACompressor).
/// </summary>
/// <param name="Ratio">The tokens that become one.</param>
/// <param name="HeadSize">The width of what they become.</param>
/// <param name="Overlaps">True where spans overlap.</param>
public sealed record TokenCompressor(int Ratio, int HeadSize, bool Overlaps)
{
    /// <summary>Writes the tensors.</summary>
    /// <param name="attention">Where they go.</param>
    /// <param name="role">What they do there.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    internal void WriteTensors(TensorScope attention, TensorRole role, int hiddenSize)
    {
        var compressor = attention.In("compressor.");
        var width = HeadSize * (Overlaps ? 2L : 1L);
        compressor.AddStoredAs(DataTypeCatalogue.F32, role, "ape", Ratio, width);
        compressor.Linear(role, "wkv", hiddenSize, width);
        compressor.Linear(role, "wgate", hiddenSize, width);
        compressor.Norm("norm", HeadSize, NormKind.RmsNorm);
    }
}
