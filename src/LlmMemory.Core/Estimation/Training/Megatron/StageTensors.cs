using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>What the ranks of a stage train, tensor by tensor, each with their share of it.</summary>
internal sealed class StageTensors
{
    // The states of the optimizer are of 32 bits whatever the weights are.
    private const int StateBytes = 4;

    private readonly MegatronPlan _plan;

    /// <summary>Collects the tensors of a stage.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="stage">The stage.</param>
    public StageTensors(MegatronPlan plan, PipelineStage stage)
    {
        _plan = plan;
        var layers = new HashSet<int>(stage.Layers.Select(layer => plan.Section.FirstLayerNumber + layer));
        var own = Trained(plan).Where(tensor => tensor.Layer is { } layer ? layers.Contains(layer) : IsOutside(tensor, stage)).ToList();
        Dense = [.. own.Where(tensor => !RankShare.IsExpert(tensor)).Select(Share), .. Copies(stage), .. Predicting(stage).Where(share => !share.IsExpert).Select(share => share.Tensor)];
        Experts = [.. own.Where(RankShare.IsExpert).Select(Share), .. Predicting(stage).Where(share => share.IsExpert).Select(share => share.Tensor)];
    }

    /// <summary>Everything but routed experts.</summary>
    public IReadOnlyList<TrainedTensor> Dense { get; }

    /// <summary>Routed experts.</summary>
    public IReadOnlyList<TrainedTensor> Experts { get; }

    private static IEnumerable<ModelTensor> Trained(MegatronPlan plan)
    {
        return plan.Model.Tensors.Where(tensor => tensor.WeightsPerTensor > 0 && tensor.PartKind == plan.Section.Part);
    }

    // Embeddings and what normalises them begin the model; head, pooler and last normalisation end it.
    private static bool IsOutside(ModelTensor tensor, PipelineStage stage)
    {
        var begins = tensor.RoleKind is TensorRole.Embedding or TensorRole.PositionEmbedding or TensorRole.PerLayerEmbedding
            || (tensor.RoleKind == TensorRole.Norm && tensor.Name.Contains("embed"));
        return begins ? stage.IsFirst : stage.IsLast;
    }

    // Each end of the pipeline needs the tied embedding; so does multi-token prediction, tied or not.
    private IEnumerable<TrainedTensor> Copies(PipelineStage stage)
    {
        if (stage is { IsLast: true, IsFirst: false } && (_plan.Architecture.TiesEmbeddings || stage.MtpLayers > 0))
        {
            yield return new(checked(_plan.VocabularyShare * _plan.Hidden), _plan.VocabularyShare, _plan.Hidden, StateBytes, true);
        }
    }

    // A layer of multi-token prediction is built as the last layer is, with a projection of two hidden states and three norms.
    private IEnumerable<(TrainedTensor Tensor, bool IsExpert)> Predicting(PipelineStage stage)
    {
        var last = _plan.Section.FirstLayerNumber + _plan.Section.Layers.Count - 1;
        for (var i = 0; i < stage.MtpLayers; i++)
        {
            foreach (var tensor in Trained(_plan).Where(tensor => tensor.Layer == last))
            {
                yield return (Share(tensor), RankShare.IsExpert(tensor));
            }

            var joint = checked(2 * _plan.Hidden * _plan.Hidden / _plan.Tensor);
            yield return (new(joint, _plan.Hidden / _plan.Tensor, 2 * _plan.Hidden, StateBytes, false), false);
            yield return (new(3 * _plan.Hidden, 3 * _plan.Hidden, 0, StateBytes, false), false);
        }
    }

    private TrainedTensor Share(ModelTensor tensor)
    {
        var elements = RankShare.Elements(tensor, _plan);
        var columns = tensor.Shape.Count > 1 ? tensor.Shape[tensor.Shape.Count - 1] : 0;
        var isEmbedding = tensor.RoleKind is TensorRole.Embedding or TensorRole.Head or TensorRole.PositionEmbedding;
        return new TrainedTensor(elements, columns == 0 ? elements : System.Math.Max(1, elements / columns), columns, StateBytes, isEmbedding);
    }
}
