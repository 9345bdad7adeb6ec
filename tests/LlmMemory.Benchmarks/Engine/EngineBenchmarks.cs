using BenchmarkDotNet.Attributes;
using LlmMemory.DataTypes;
using LlmMemory.Estimation;
using LlmMemory.Estimation.RuleOfThumb;
using LlmMemory.Quantities;
using LlmMemory.Workloads;

namespace LlmMemory.Benchmarks.Engine;

/// <summary>One call of the engine each, on inputs that a user would give.</summary>
public class EngineBenchmarks
{
    private const long Parameters = 7_000_000_000;

    private readonly DataType _dataType = DataTypeCatalogue.BF16;
    private readonly DataType _fourBit = DataTypeCatalogue.NF4;
    private readonly TrainingWorkload _training = new() { Optimizer = Optimizer.AdamW };
    private readonly AdapterWorkload _adapter = new() { AdapterParameters = 20_000_000 };
    private readonly string _count = "7B";
    private readonly string _spelling = "bfloat16";

    [Benchmark]
    public MemoryEstimate EstimateInference()
    {
        return ModelEstimator.Estimate(Parameters, _dataType, EstimateMode.Inference, _training);
    }

    [Benchmark]
    public MemoryEstimate EstimateTraining()
    {
        return ModelEstimator.Estimate(Parameters, _dataType, EstimateMode.Training, _training);
    }

    [Benchmark]
    public MemoryEstimate EstimateAdapter()
    {
        return AdapterEstimator.Estimate(Parameters, _fourBit, _adapter);
    }

    [Benchmark]
    public long ParseCount()
    {
        return ParameterCount.Parse(_count);
    }

    [Benchmark]
    public DataType FindDataType()
    {
        return DataTypeCatalogue.All.Find(_spelling);
    }
}
