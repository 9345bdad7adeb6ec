using BenchmarkDotNet.Attributes;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Benchmarks.Engine;

/// <summary>
/// One estimate of serving a dense model of 80 layers that is known already. No two in a row are of the same workload,
/// as in a sweep.
/// </summary>
public class ServingBenchmarks
{
    private const long Memory = 80L << 30;

    private readonly PreparedModel _generic = Prepare("Generic");
    private readonly PreparedModel _vllm = Prepare("vLLM");
    private readonly PreparedModel _sglang = Prepare("SGLang");
    private readonly PreparedModel _tensorRtLlm = Prepare("TensorRT-LLM");
    private readonly PreparedModel _transformers = Prepare("Transformers");
    private long _count;

    [Benchmark]
    public MemoryEstimate Generic()
    {
        return _generic.Estimate(Next() with { TensorParallel = 4 });
    }

    [Benchmark]
    public MemoryEstimate Vllm()
    {
        return _vllm.Estimate(Next() with { TensorParallel = 4, DeviceMemory = Memory });
    }

    [Benchmark]
    public MemoryEstimate Sglang()
    {
        return _sglang.Estimate(Next() with { TensorParallel = 4, DeviceMemory = Memory });
    }

    [Benchmark]
    public MemoryEstimate TensorRtLlm()
    {
        return _tensorRtLlm.Estimate(Next() with { TensorParallel = 4, DeviceMemory = Memory });
    }

    [Benchmark]
    public MemoryEstimate Transformers()
    {
        return _transformers.Estimate(Next());
    }

    private static PreparedModel Prepare(string engine)
    {
        return ServingEngines.All.Find(engine).Prepare(ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-70b")));
    }

    private InferenceWorkload Next()
    {
        _count = (_count + 1) % 1000;
        return new InferenceWorkload { ContextLength = 4096 + (64 * _count), Concurrency = 1 + (_count % 16) };
    }
}
