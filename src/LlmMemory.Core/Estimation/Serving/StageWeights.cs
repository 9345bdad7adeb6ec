using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The weights that one rank of each pipeline stage loads: its layers, the embedding and the towers in the first stage,
/// the last norm and the head in the last. Drafting layers are loaded only where something is drafted, and then by the
/// last stage. The tensors are read once; tensors that are split alike are kept as one with its layers.
/// </summary>
internal sealed class StageWeights
{
    private readonly List<TensorGroup> _first = [];
    private readonly List<TensorGroup> _last = [];
    private readonly List<TensorGroup> _drafts = [];
    private readonly List<TensorGroup> _atBothEnds = [];
    private readonly List<LayeredTensorGroup> _layered = [];

    /// <summary>Reads the tensors.</summary>
    /// <param name="model">The model.</param>
    public StageWeights(LlmModel model)
    {
        var layers = model.Architecture!.Layers;
        var heads = layers.Select(KeyValueHeads).ToArray();
        var loaded = model.Tensors.Where(tensor => tensor.RoleKind is not TensorRole.Duplicate);
        foreach (var group in loaded.GroupBy(tensor => (Place: PlaceOf(tensor, layers.Count), Split: TensorSplit.Of(tensor, heads))))
        {
            Add(group.Key.Place, group.Key.Split, [.. group], layers.Count, model.Architecture.TiesEmbeddings);
        }
    }

    private enum Place
    {
        First,
        Layer,
        Last,
        Draft,
    }

    /// <summary>The bytes of one rank of each stage.</summary>
    /// <param name="ranks">The ranks that each layer is split over.</param>
    /// <param name="layersOfStages">The layers of each stage.</param>
    /// <param name="withDrafts">True where the layers that draft are loaded.</param>
    public long[] Bytes(int ranks, IReadOnlyList<int> layersOfStages, bool withDrafts)
    {
        var bytes = new long[layersOfStages.Count];
        for (int stage = 0, first = 0; stage < bytes.Length; first += layersOfStages[stage], stage++)
        {
            foreach (var group in _layered)
            {
                bytes[stage] = checked(bytes[stage] + (group.CountIn(first, layersOfStages[stage]) * group.Split.BytesOf(ranks)));
            }
        }

        var last = bytes.Length - 1;
        bytes[0] = checked(bytes[0] + Sum(_first, ranks));
        bytes[last] = checked(bytes[last] + Sum(_last, ranks) + (withDrafts ? Sum(_drafts, ranks) : 0));

        // A head that is the embedding is needed at both ends.
        bytes[last] = checked(bytes[last] + (last > 0 ? Sum(_atBothEnds, ranks) : 0));
        return bytes;
    }

    private void Add(Place place, TensorSplit split, List<ModelTensor> tensors, int layers, bool tiesEmbeddings)
    {
        switch (place)
        {
            case Place.Layer:
                _layered.Add(new LayeredTensorGroup(split, tensors.Select(tensor => tensor.Layer!.Value), layers));
                break;
            case Place.First:
                _first.Add(new TensorGroup(split, tensors.Count));
                var tied = tiesEmbeddings ? tensors.Count(tensor => tensor is { RoleKind: TensorRole.Embedding, PartKind: ModelPart.Text }) : 0;
                _atBothEnds.Add(new TensorGroup(split, tied));
                break;
            case Place.Last:
                _last.Add(new TensorGroup(split, tensors.Count));
                break;
            default:
                _drafts.Add(new TensorGroup(split, tensors.Count));
                break;
        }
    }

    private static long Sum(List<TensorGroup> groups, int ranks)
    {
        var sum = 0L;
        foreach (var group in groups)
        {
            sum = checked(sum + (group.Count * group.Split.BytesOf(ranks)));
        }

        return sum;
    }

    private static Place PlaceOf(ModelTensor tensor, int layers)
    {
        return tensor switch
        {
            { PartKind: ModelPart.Mtp } => Place.Draft,
            { PartKind: not ModelPart.Text } => Place.First,
            { Layer: { } layer } => layer < layers ? Place.Layer : Place.Last,
            { RoleKind: TensorRole.Embedding or TensorRole.PositionEmbedding or TensorRole.PerLayerEmbedding } => Place.First,
            _ => Place.Last,
        };
    }

    private static int KeyValueHeads(ModelLayer layer)
    {
        return layer.Mixers.OfType<GroupedQueryAttention>().FirstOrDefault()?.KeyValueHeads ?? 0;
    }

    private sealed record TensorGroup(TensorSplit Split, long Count);
}
