using LlmMemory.DataTypes;

namespace LlmMemory.Models.Blocks;

/// <summary>
/// The experts of each token of the vocabulary, in layers that do not choose by score (DeepSeek-V4). A fixed table of
/// 64-bit numbers (the hub counts 2,327,040 of I64 in V4-Flash and V4-Pro): it takes memory, and holds no weights.
/// </summary>
/// <param name="Name">Its name in the checkpoint.</param>
/// <param name="VocabularySize">The tokens of the vocabulary.</param>
/// <param name="ExpertsPerToken">The experts of a token.</param>
public sealed record ExpertTable(string Name, int VocabularySize, int ExpertsPerToken) : Block
{
    internal override void WriteTensors(TensorScope scope)
    {
        scope.AddStoredAs(GgufDataTypes.I64, TensorRole.Buffer, Name, VocabularySize, ExpertsPerToken);
    }
}
