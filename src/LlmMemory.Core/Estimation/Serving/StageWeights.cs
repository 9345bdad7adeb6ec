using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The weights that one rank of each pipeline stage loads: its layers, the embedding and the towers in the first stage,
/// the last norm and the head in the last. Drafting layers are loaded only where something is drafted, and then by the
/// last stage.
/// </summary>
internal sealed class StageWeights
{
    private readonly LlmModel _model;
    private readonly int _tensorParallel;
    private readonly int[] _stageOfLayer;
    private readonly int[] _keyValueHeads;
    private readonly int _stages;

    /// <summary>Prepares the split.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tensorParallel">The ranks that each layer is split over.</param>
    /// <param name="layersOfStages">The layers of each stage.</param>
    public StageWeights(LlmModel model, int tensorParallel, IReadOnlyList<int> layersOfStages)
    {
        _model = model;
        _tensorParallel = tensorParallel;
        _stages = layersOfStages.Count;
        _stageOfLayer = [.. layersOfStages.SelectMany((layers, stage) => Enumerable.Repeat(stage, layers))];
        _keyValueHeads = [.. model.Architecture!.Layers.Select(KeyValueHeads)];
    }

    /// <summary>The bytes of one rank of each stage.</summary>
    /// <param name="withDrafts">True where the layers that draft are loaded.</param>
    public long[] Bytes(bool withDrafts)
    {
        var bytes = new long[_stages];
        foreach (var tensor in _model.Tensors)
        {
            if (tensor.RoleKind is TensorRole.Duplicate || (tensor.PartKind == ModelPart.Mtp && !withDrafts))
            {
                continue;
            }

            var share = TensorParallelShare.BytesOf(tensor, _tensorParallel, HeadsOf(tensor));
            var stage = StageOf(tensor);
            bytes[stage] = checked(bytes[stage] + share);

            // A head that is the embedding is needed at both ends.
            if (_stages > 1 && tensor is { RoleKind: TensorRole.Embedding, PartKind: ModelPart.Text } && _model.Architecture!.TiesEmbeddings)
            {
                bytes[_stages - 1] = checked(bytes[_stages - 1] + share);
            }
        }

        return bytes;
    }

    private int StageOf(ModelTensor tensor)
    {
        return tensor switch
        {
            { PartKind: ModelPart.Mtp } => _stages - 1,
            { PartKind: not ModelPart.Text } => 0,
            { Layer: { } layer } => layer < _stageOfLayer.Length ? _stageOfLayer[layer] : _stages - 1,
            { RoleKind: TensorRole.Embedding or TensorRole.PositionEmbedding or TensorRole.PerLayerEmbedding } => 0,
            _ => _stages - 1,
        };
    }

    private int HeadsOf(ModelTensor tensor)
    {
        return tensor is { PartKind: ModelPart.Text, Layer: { } layer } && layer < _keyValueHeads.Length ? _keyValueHeads[layer] : 0;
    }

    private static int KeyValueHeads(ModelLayer layer)
    {
        return layer.Mixers.OfType<GroupedQueryAttention>().FirstOrDefault()?.KeyValueHeads ?? 0;
    }
}
