using System;
using LlmMemory.DataTypes;
using LlmMemory.Estimation.RuleOfThumb;
using LlmMemory.Naming;
using LlmMemory.Quantization;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.Cases;

/// <summary>A model of which only the count of parameters is known: the rule of thumb.</summary>
public sealed class CountCase : EstimateCase
{
    private readonly long _parameters;
    private readonly DataType? _dataType;
    private readonly Func<long, DataType?, MemoryEstimate> _estimate;

    private CountCase(long parameters, DataType? dataType, Func<long, DataType?, MemoryEstimate> estimate)
    {
        _parameters = parameters;
        _dataType = dataType;
        _estimate = estimate;
    }

    /// <summary>Serving or training the model itself.</summary>
    /// <param name="parameters">The count of weights, at least 1.</param>
    /// <param name="dataType">How they are stored; BF16 when null.</param>
    /// <param name="mode">Inference when null.</param>
    /// <param name="training">How the model is trained; read only in training.</param>
    public static CountCase Of(long parameters, DataType? dataType, EstimateMode? mode, TrainingWorkload training)
    {
        return new CountCase(parameters, dataType, (count, type) => ModelEstimator.Estimate(count, type, mode, training));
    }

    /// <summary>Training an adapter beside the model.</summary>
    /// <param name="parameters">The base model's count of weights, at least 1.</param>
    /// <param name="dataType">How they are stored; BF16 when null.</param>
    /// <param name="adapter">The adapter and how it is trained.</param>
    public static CountCase Of(long parameters, DataType? dataType, AdapterWorkload adapter)
    {
        return new CountCase(parameters, dataType, (count, type) => AdapterEstimator.Estimate(count, type, adapter));
    }

    /// <summary>The same with another count of parameters.</summary>
    internal CountCase With(long parameters)
    {
        return new CountCase(parameters, _dataType, _estimate);
    }

    /// <inheritdoc/>
    internal override EstimateCase StoredAs(INamed format)
    {
        return new CountCase(_parameters, WeightFormats.DataTypeOf(format), _estimate);
    }

    private protected override MemoryEstimate Make()
    {
        return _estimate(_parameters, _dataType);
    }
}
