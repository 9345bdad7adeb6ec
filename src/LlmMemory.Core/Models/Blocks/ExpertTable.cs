using LlmMemory.DataTypes;

namespace LlmMemory.Models.Blocks;

/// <summary>
/// The experts of each token of the vocabulary, in layers that do not choose by score (DeepSeek-V4). A fixed table of
/// 32-bit numbers: it takes memory, and holds no weights.
/// </summary>
/// <param name="Name">Its name in the checkpoint.</param>
/// <param name="VocabularySize">The tokens of the vocabulary.</param>
/// <param name="ExpertsPerToken">The experts of a token.</param>
public sealed record ExpertTable(string Name, int VocabularySize, int ExpertsPerToken) : Block
{
    internal override void WriteTensors(TensorScope scope)
    {
        scope.AddStoredAs(GgufDataTypes.I32, TensorRole.Buffer, Name, VocabularySize, ExpertsPerToken);
    }
}
