using LlmMemory.DataTypes;

namespace LlmMemory.Models.Blocks;

/// <summary>
/// What mixes several residual streams into one before a block, and its output back into them after it (DeepSeek-V4).
/// Stored in F32. Source: transformers, models/deepseek_v4/modular_deepseek_v4.py (DeepseekV4HyperConnection,
/// DeepseekV4HyperHead).
/// </summary>
/// <param name="Name">What the names of its tensors start with.</param>
/// <param name="Streams">The residual streams.</param>
/// <param name="HiddenSize">The width of each.</param>
/// <param name="IsLast">True where the streams become one for good, before the last normalisation.</param>
public sealed record HyperConnection(string Name, int Streams, int HiddenSize, bool IsLast = false) : Block
{
    internal override void WriteTensors(TensorScope scope)
    {
        // In, out, and from each stream to each.
        var rows = IsLast ? Streams : (2L + Streams) * Streams;
        scope.AddStoredAs(DataTypeCatalogue.F32, TensorRole.Extra, Name + "_fn", rows, (long)Streams * HiddenSize);
        scope.AddStoredAs(DataTypeCatalogue.F32, TensorRole.Extra, Name + "_base", rows);
        scope.AddStoredAs(DataTypeCatalogue.F32, TensorRole.Extra, Name + "_scale", IsLast ? 1 : 3);
    }
}
