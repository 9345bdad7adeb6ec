using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Accuracy.Peers;

/// <summary>The dimensions that estimators of training ask for.</summary>
/// <param name="Parameters">All weights.</param>
/// <param name="HeadParameters">Those of the head, where it is not tied to the embedding.</param>
/// <param name="LargestTensor">Those of the largest module.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Hidden">The hidden size.</param>
/// <param name="Vocabulary">The tokens that the embedding has.</param>
/// <param name="Heads">The heads of queries.</param>
/// <param name="KeyValueHeads">The heads of keys and values.</param>
/// <param name="HeadSize">The width of a head.</param>
/// <param name="Intermediate">The width of a feed-forward network, of an expert where there are experts.</param>
/// <param name="Matrices">The matrices of it: 3 where it is gated.</param>
/// <param name="Experts">The experts of a layer; 0 where there are none.</param>
/// <param name="SharedIntermediate">The width of the shared expert.</param>
internal sealed record PeerShape(
    long Parameters,
    long HeadParameters,
    long LargestTensor,
    int Layers,
    long Hidden,
    long Vocabulary,
    int Heads,
    int KeyValueHeads,
    int HeadSize,
    long Intermediate,
    int Matrices,
    int Experts,
    long SharedIntermediate)
{
    public double Billions => Parameters / 1e9;

    public static PeerShape Of(LlmModel model)
    {
        var architecture = model.Architecture!;
        var layer = architecture.Layers[0];
        var attention = layer.Mixers.OfType<GroupedQueryAttention>().First();
        var experts = layer.FeedForward as MixtureOfExperts;
        var dense = layer.FeedForward as DenseMlp;
        return new PeerShape(
            model.Parameters,
            model.Tensors.Where(tensor => tensor.Role == nameof(TensorRole.Head)).Sum(tensor => tensor.Parameters),
            model.Tensors.Max(tensor => tensor.Parameters / tensor.Count),
            architecture.Layers.Count,
            architecture.HiddenSize,
            architecture.VocabularySize,
            attention.Heads,
            attention.KeyValueHeads,
            attention.HeadSize,
            experts?.ExpertIntermediateSize ?? dense!.IntermediateSize,
            (experts?.IsGated ?? dense!.IsGated) ? 3 : 2,
            experts?.Experts ?? 0,
            experts?.SharedIntermediateSize ?? 0);
    }
}
