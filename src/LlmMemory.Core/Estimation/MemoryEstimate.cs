using System;
using System.Collections.Generic;
using LlmMemory.Estimation.Cases;
using LlmMemory.Naming;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation;

/// <summary>
/// How much memory a model takes under a workload. Figures are bytes; one that is null is not modelled by the
/// estimate's <see cref="Method"/>, which is not the same as zero.
/// </summary>
/// <remarks>
/// The columns Weight, KvCache, Activation, Gradient, Optimizer, Adapter, Overhead and SafetyMargin are sums over
/// <see cref="Components"/> in the binding phase and add up to <see cref="TotalBytes"/>.
/// </remarks>
public sealed partial class MemoryEstimate : IComparable<MemoryEstimate>, IComparable
{
    private readonly MemoryLayout _layout;
    private readonly EstimateSubject _subject;
    private readonly RuleOfThumbFigures? _figures;
    private EstimateCase? _asked;

    internal MemoryEstimate(
        EstimateSubject subject, RuleOfThumbFigures? figures, ComponentDraft[] drafts, IList<string> assumptions)
    {
        _subject = subject;
        _figures = figures;
        _layout = new MemoryLayout(drafts, subject.Phases ?? new EstimatePhases(subject.Mode));
        Assumptions = new DetailList<string>(assumptions);
    }

    /// <summary>The model's name, null where only a parameter count is known.</summary>
    public string? Model => _subject.Model;

    /// <summary>The model's weights; for a fine-tuning, the base model's.</summary>
    public long Parameters => _subject.Parameters;

    /// <summary>How the weights are stored; for a fine-tuning, the base model's.</summary>
    public string DataType => _subject.DataType;

    /// <summary>Inference, Training, LoRA or QLoRA.</summary>
    public string Mode => _subject.Mode;

    /// <summary>How the figure came about, one of <see cref="EstimateMethod"/>.</summary>
    public string Method => _subject.Method;

    /// <summary>The engine or framework whose allocations are modelled, null where none is.</summary>
    public string? Engine => _subject.Engine;

    /// <summary>The version of the engine or framework whose rules are modelled, null where none is.</summary>
    public string? EngineVersion => _subject.EngineVersion;

    /// <summary>The optimizer, null where nothing is trained.</summary>
    public string? Optimizer => (_subject.Training?.Optimizer ?? Run?.Optimizer)?.Name;

    /// <summary>The safety margin as a fraction, null where none is taken.</summary>
    public double? SafetyMargin => (double?)(_subject.Training?.SafetyMargin ?? Run?.SafetyMargin);

    /// <summary>The training multiplier, null where nothing is trained.</summary>
    public double? TrainingMultiplier => (double?)_subject.Training?.TrainingMultiplier;

    /// <summary>The adapter's weights, null where there is no adapter.</summary>
    public long? AdapterParameters => _subject.AdapterParameters;

    /// <summary>How the adapter's weights are stored, null where there is no adapter.</summary>
    public string? AdapterDataType => _subject.AdapterDataType;

    /// <summary>The binding phase: the one in which the fullest device is fullest.</summary>
    public string Phase => _layout.Phase;

    /// <summary>Weights; for a fine-tuning, the base model's.</summary>
    public long? WeightBytes => Sum(ComponentRole.Weights);

    /// <summary>Keys and values of the requests in flight.</summary>
    public long? KvCacheBytes => Sum(ComponentRole.KvCache);

    /// <summary>What a pass works on; under the rule of thumb, the training working set.</summary>
    public long? ActivationBytes => Sum(ComponentRole.Activations);

    /// <summary>Gradients of the trained weights.</summary>
    public long? GradientBytes => Sum(ComponentRole.Gradients);

    /// <summary>Optimizer states of the trained weights.</summary>
    public long? OptimizerBytes => Sum(ComponentRole.OptimizerStates);

    /// <summary>The adapter's weights.</summary>
    public long? AdapterBytes => Sum(ComponentRole.Adapter);

    /// <summary>What the engine or framework takes for itself.</summary>
    public long? OverheadBytes => Sum(ComponentRole.Overhead);

    /// <summary>What is added for safety.</summary>
    public long? SafetyMarginBytes => Sum(ComponentRole.SafetyMargin);

    /// <summary>All of it, devices and host: the sum of the components in the binding phase.</summary>
    public long TotalBytes => _layout.TotalBytes;

    /// <summary>All of it in GB (1e9 bytes).</summary>
    public double TotalGB => ByteSize.ToGB(TotalBytes);

    /// <summary>All of it in GiB (2^30 bytes).</summary>
    public double TotalGiB => ByteSize.ToGiB(TotalBytes);

    /// <summary>The most that the host holds in any phase, null where it is not modelled.</summary>
    public long? HostBytes => _layout.HasHost ? _layout.HostBytes : null;

    /// <summary>The low end of the error band of <see cref="TotalBytes"/>, null without measurements.</summary>
    public long? LowBytes { get; internal init; }

    /// <summary>The high end of the error band of <see cref="TotalBytes"/>, null without measurements.</summary>
    public long? HighBytes { get; internal init; }

    /// <summary>What evidence stands behind the figure, one of <see cref="EstimateValidation"/>.</summary>
    public string Validation { get; internal init; } = EstimateValidation.Unvalidated;

    /// <summary>The devices that the memory is spread over, the host aside.</summary>
    public int DeviceCount => _layout.DeviceCount;

    /// <summary>What the fullest device holds.</summary>
    public long MaxDeviceBytes => _layout.MaxDeviceBytes;

    /// <summary>The same in GB (1e9 bytes).</summary>
    public double MaxDeviceGB => ByteSize.ToGB(MaxDeviceBytes);

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double MaxDeviceGiB => ByteSize.ToGiB(MaxDeviceBytes);

    /// <summary>Rule of thumb: the model's storage; for a fine-tuning, the base model's.</summary>
    public long? StorageBytes => _figures?.StorageBytes;

    /// <summary>Rule of thumb: what inference takes; for a fine-tuning, of the base model.</summary>
    public long? InferenceBytes => _figures?.InferenceBytes;

    /// <summary>Rule of thumb: storage x multiplier of what is trained, the adapter in a fine-tuning.</summary>
    public long? TrainingBytes => _figures?.TrainingBytes;

    /// <summary>Rule of thumb: training, gradients and optimizer states together, before the margin.</summary>
    public long? SubtotalBytes => _figures?.SubtotalBytes;

    /// <summary>Each device with what it holds when it is fullest.</summary>
    public DetailList<DeviceMemory> Devices => _layout.Devices();

    /// <summary>Each phase with its sums, in the order in which they come.</summary>
    public DetailList<PhaseMemory> Phases => _layout.Phases();

    /// <summary>What the total is made of. Written out when it is read: most estimates are only sorted and filtered.</summary>
    public DetailList<MemoryComponent> Components => _layout.Components();

    /// <summary>Every default that was taken, and what the method leaves out.</summary>
    public DetailList<string> Assumptions { get; }

    /// <summary>What the estimate answers, so that planning can ask again with one setting changed.</summary>
    /// <remarks>A method, for it is no figure: tables and exports show properties.</remarks>
    public EstimateCase GetCase()
    {
        return _asked ?? new MadeCase(this);
    }

    /// <summary>Orders estimates by their total.</summary>
    /// <param name="other">The other estimate.</param>
    public int CompareTo(MemoryEstimate? other)
    {
        return other is null ? 1 : TotalBytes.CompareTo(other.TotalBytes);
    }

    /// <inheritdoc/>
    int IComparable.CompareTo(object? obj)
    {
        return obj is null or MemoryEstimate
            ? CompareTo(obj as MemoryEstimate)
            : throw new ArgumentException($"A {obj.GetType().Name} is not a memory estimate.", nameof(obj));
    }

    /// <summary>The estimate in one line: <c>7 B BF16 Training: 117.6 GB</c>.</summary>
    public override string ToString()
    {
        return $"{ParameterCount.Format(Parameters)} {DataType} {Mode}: {ByteSize.FormatGB(TotalBytes)}";
    }

    /// <summary>The same estimate, as the answer to a case.</summary>
    internal MemoryEstimate Answering(EstimateCase asked)
    {
        var answer = (MemoryEstimate)MemberwiseClone();
        answer._asked = asked;
        return answer;
    }

    /// <summary>What the components of a role take on one device in the binding phase.</summary>
    internal long BytesOn(int device, ComponentRole role)
    {
        return _layout.BytesOn(device, role);
    }

    private long? Sum(ComponentRole role)
    {
        return _layout.Sum(role);
    }
}
