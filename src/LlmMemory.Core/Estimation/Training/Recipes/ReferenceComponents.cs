using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Training.Losses;

namespace LlmMemory.Estimation.Training.Recipes;

/// <summary>
/// The model that a recipe compares with: its weights, whole on each rank unless the framework splits weights, and its
/// forward pass, which keeps nothing.
/// </summary>
internal sealed class ReferenceComponents
{
    private const string Source = "huggingface/trl v1.9.0 trl/trainer/dpo_trainer.py and grpo_trainer.py: ref_model; trl/models/utils.py, prepare_deepspeed, prepare_fsdp";

    private readonly TrainingPlan _plan;
    private readonly long _layerBytes;

    /// <summary>Takes a training.</summary>
    /// <param name="plan">The training.</param>
    /// <param name="layerBytes">The most that a layer keeps, which is more than it holds where it keeps nothing.</param>
    public ReferenceComponents(TrainingPlan plan, long layerBytes)
    {
        (_plan, _layerBytes) = (plan, layerBytes);
    }

    /// <summary>The components; none where no reference runs.</summary>
    public IEnumerable<ComponentDraft> Components()
    {
        if (!_plan.UsesReference)
        {
            yield break;
        }

        if (_plan.HoldsReference)
        {
            yield return Weights();
        }

        if (_plan.Gathers && (_plan.HoldsReference || !_plan.ComparesInLoss))
        {
            var gathered = GatheredUnits.RootAndLayer(_plan);
            yield return new ComponentDraft(ComponentRole.Overhead, "Gathered units of the reference", gathered, () => $"{gathered} bytes: embedding, head and a layer", Source)
            { Phases = _plan.Phases.Reference };
        }

        var loss = (LogProbabilityLoss)_plan.Loss;
        var shape = LossComponents.Shape(_plan);
        foreach (var copy in _plan.ComparesInLoss ? loss.Held(shape) : [])
        {
            yield return Passing(copy.Name + ", policy", copy.Bytes, copy.Formula, copy.Source);
        }

        var scored = loss.Scored(shape).ToList();
        if (scored.Sum(copy => copy.Bytes) >= _layerBytes)
        {
            foreach (var copy in scored)
            {
                yield return Passing(copy.Name, copy.Bytes, copy.Formula, copy.Source);
            }
        }
        else
        {
            yield return Passing("One layer of the reference", _layerBytes, $"{_layerBytes} bytes, what a layer would keep: more than it holds", Source);
        }
    }

    // DeepSpeed's engine turns them into 16 bits; elsewhere they are loaded as the model is.
    private ComponentDraft Weights()
    {
        var bytes = _plan.Sharding.IsZero
            ? _plan.Tensors.Sum(tensor => checked(tensor.Parameters * 2))
            : _plan.Tensors.Sum(tensor => tensor.Bytes);
        var splits = _plan.Sharding.SplitsWeights && _plan.Ranks > 1;
        var share = splits ? (bytes + _plan.Ranks - 1) / _plan.Ranks : bytes;
        var formula = splits ? $"{bytes} bytes / {_plan.Ranks} ranks" : $"{bytes} bytes, whole on each rank";
        var draft = new ComponentDraft(ComponentRole.Weights, "Reference weights", share, () => formula, Source);
        return _plan.OffloadsWeights
            ? draft with { Name = "Reference weights in host memory", Bytes = bytes, Formula = () => $"{bytes} bytes, of {_plan.Ranks} ranks", FirstDevice = ComponentDraft.Host }
            : draft;
    }

    private ComponentDraft Passing(string name, long bytes, string formula, string source)
    {
        return new ComponentDraft(ComponentRole.Activations, name, bytes, () => formula, source) { Phases = _plan.Phases.Reference };
    }
}
