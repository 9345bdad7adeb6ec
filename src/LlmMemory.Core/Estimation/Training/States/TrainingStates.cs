using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Models;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.Training.States;

/// <summary>What a rank holds from step to step: weights, gradients, states of the optimizer.</summary>
internal sealed class TrainingStates
{
    private const string WeightSource = "Sum over the model's tensors, docs/models.md";

    private const string AdapterSource = "Sum over the adapter's tensors, huggingface/peft src/peft/tuners";

    private readonly TrainingPlan _plan;
    private readonly (TrainedTensor Tensor, long Count)[] _trained;
    private readonly long _frozenBytes;
    private readonly long _unsplitBytes;

    /// <summary>Adds up the states of a training.</summary>
    /// <param name="plan">The training.</param>
    public TrainingStates(TrainingPlan plan)
    {
        _plan = plan;
        if (plan.Run.Adapter is { } adapter)
        {
            _trained = [.. TrainedTensors.Of(adapter)];
            _frozenBytes = plan.Tensors.Sum(FrozenBytes);
            _unsplitBytes = plan.KeepsScalesWhole ? plan.Tensors.Where(tensor => tensor.RoleKind == TensorRole.Scale).Sum(FrozenBytes) : 0;
        }
        else
        {
            _trained = [.. TrainedTensors.Of(plan.Tensors, plan.Regime.OptimizerBytes, plan.WidensEmbeddingStates)];
        }

        Trained = _trained.Sum(pair => checked(pair.Tensor.Elements * pair.Count));
    }

    /// <summary>The weights that are trained.</summary>
    public long Trained { get; }

    /// <summary>Gradients of everything that is trained, as a rank holds them when it steps.</summary>
    public long GradientBytes => Share(WholeGradientBytes, _plan.Sharding.SplitsGradients && _plan.SplitsTrained);

    /// <summary>Gradients between the passes of one step: whole where ranks do not talk before the last of them.</summary>
    public long AccumulatedBytes => _plan.KeepsWholeGradients ? checked(Trained * _plan.Regime.GatheredBytes) : GradientBytes;

    private long WholeGradientBytes => _plan.Run.Adapter?.TrainableBytes ?? checked(Trained * _plan.Regime.GradientBytes);

    /// <summary>The components of the states, in every phase that they live in.</summary>
    public IEnumerable<ComponentDraft> Components()
    {
        foreach (var weights in _plan.Run.Adapter is { } adapter ? Adapters(adapter) : [Weights()])
        {
            yield return weights;
        }

        foreach (var state in OptimizerComponents().Concat(GradientComponents()))
        {
            yield return state;
        }
    }

    private IEnumerable<ComponentDraft> Adapters(AdapterInventory adapter)
    {
        var splits = _plan.Sharding.SplitsWeights;
        var bytes = checked(Share(_frozenBytes - _unsplitBytes, splits) + _unsplitBytes);
        yield return new(ComponentRole.Weights, "Base weights", bytes, () => Divided($"{_frozenBytes} bytes of {_plan.Tensors.Count} tensors", splits), WeightSource);
        yield return Part("Adapter", AdapterTensorUse.Trained, splits && _plan.SplitsTrained);
        yield return Part("Adapter, frozen", AdapterTensorUse.Frozen, splits && _plan.SplitsTrained);
        yield return Part("Adapter, buffers", AdapterTensorUse.Buffer, splits: false);
        if (adapter.MethodKind.ImportanceCopies is > 0 and var copies)
        {
            yield return new(
                ComponentRole.OptimizerStates,
                "Importance of the adapter's weights",
                checked(copies * adapter.TrainableBytes),
                () => $"sensitivity, its average and its uncertainty: {copies} x {adapter.TrainableBytes} bytes",
                "huggingface/peft src/peft/tuners/adalora/layer.py, RankAllocator.update_ipt");
        }

        ComponentDraft Part(string name, AdapterTensorUse use, bool splits)
        {
            var bytes = adapter.Sum(tensor => tensor.Use == use, tensor => tensor.Bytes);
            return new(ComponentRole.Adapter, name, Share(bytes, splits), () => Divided($"{bytes} bytes of {adapter.Method}", splits), AdapterSource);
        }
    }

    private ComponentDraft Weights()
    {
        var splits = _plan.Sharding.SplitsWeights && _plan.SplitsTrained;
        var each = _plan.Regime.WeightBytes;
        return new(
            ComponentRole.Weights, "Weights", Share(checked(Trained * each), splits), () => Divided($"{Trained} x {each} bytes", splits), WeightSource);
    }

    private IEnumerable<ComponentDraft> OptimizerComponents()
    {
        var (regime, states, splits) = (_plan.Regime, _plan.Optimizer.States, _plan.Sharding.SplitsStates && _plan.SplitsTrained);
        if (regime.MasterBytes > 0)
        {
            yield return new(
                ComponentRole.OptimizerStates,
                "Weights in 32 bits",
                Share(checked(Trained * regime.MasterBytes), splits),
                () => Divided($"{Trained} x {regime.MasterBytes} bytes", splits),
                regime.Source);
        }

        yield return new(
            ComponentRole.OptimizerStates,
            "Optimizer states",
            Share(Sum(states.Kept), splits),
            () => Divided($"{Trained} weights, {states.Description}", splits),
            states.Source);
        var transient = Share(checked(Sum(states.Transient) + (Trained * regime.StepGradientBytes)), splits);
        if (transient > 0 && !_plan.StepsInBackward)
        {
            yield return new ComponentDraft(
                ComponentRole.OptimizerStates,
                "Copies of the optimizer step",
                transient,
                () => Divided($"{Trained} weights: the square roots of second moments, or gradients in 32 bits", splits),
                "pytorch/pytorch torch/optim/adamw.py, _multi_tensor_adamw: exp_avg_sq_sqrt = _foreach_sqrt(...)")
            { Phases = (uint)TrainingPhase.Step };
        }
    }

    private IEnumerable<ComponentDraft> GradientComponents()
    {
        if (_plan.StepsInBackward)
        {
            yield return LargestGradient();
            yield break;
        }

        var each = _plan.Regime.GradientBytes;
        if (_plan.Accumulation > 1)
        {
            var phases = TrainingPhase.Loss | TrainingPhase.Backward | (_plan.KeepsWholeGradients ? TrainingPhase.EndOfBackward : 0);
            yield return new ComponentDraft(
                ComponentRole.Gradients,
                "Gradients of the passes before",
                AccumulatedBytes,
                () => _plan.KeepsWholeGradients ? $"{Trained} x {_plan.Regime.GatheredBytes} bytes, whole until the last pass" : $"{Trained} x {each} bytes",
                "huggingface/accelerate docs/source/concept_guides/gradient_synchronization.md")
            { Phases = (uint)phases };
        }

        var ends = _plan.Accumulation > 1 && _plan.KeepsWholeGradients ? TrainingPhase.Step : TrainingPhase.EndOfBackward | TrainingPhase.Step;
        yield return new ComponentDraft(
            ComponentRole.Gradients,
            "Gradients",
            GradientBytes,
            () => Divided($"{Trained} x {each} bytes", _plan.Sharding.SplitsGradients && _plan.SplitsTrained),
            _plan.Regime.Source)
        { Phases = (uint)ends };
        if (_plan.HasBuckets)
        {
            yield return new(
                ComponentRole.Gradients,
                "Buckets that ranks exchange gradients in",
                WholeGradientBytes,
                () => $"{Trained} x {each} bytes; none with gradient_as_bucket_view",
                "pytorch/pytorch torch/nn/parallel/distributed.py, gradient_as_bucket_view=False");
        }
    }

    private ComponentDraft LargestGradient()
    {
        var elements = _trained.Max(pair => pair.Tensor.Elements);
        var each = _plan.Regime.GatheredBytes;
        return new ComponentDraft(
            ComponentRole.Gradients,
            "Gradient of the largest tensor",
            checked(elements * each),
            () => $"{elements} x {each} bytes; the optimizer steps in the backward pass",
            "pytorch/pytorch Tensor.register_post_accumulate_grad_hook")
        { Phases = (uint)(TrainingPhase.EndOfBackward | TrainingPhase.Step) };
    }

    private long FrozenBytes(ModelTensor tensor)
    {
        var isWidened = _plan.WidensNorms && tensor.RoleKind == TensorRole.Norm && tensor.StoredAs.BitsPerWeight == 16;
        return isWidened ? checked(tensor.Bytes * 2) : tensor.Bytes;
    }

    private long Sum(Func<TrainedTensor, long> bytes)
    {
        return _trained.Sum(pair => checked(bytes(pair.Tensor) * pair.Count));
    }

    private long Share(long bytes, bool splits)
    {
        return splits ? (bytes + _plan.Ranks - 1) / _plan.Ranks : bytes;
    }

    private string Divided(string numbers, bool splits)
    {
        return splits && _plan.Ranks > 1 ? $"{numbers} / {_plan.Ranks} ranks" : numbers;
    }
}
