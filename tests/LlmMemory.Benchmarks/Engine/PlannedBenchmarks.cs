using BenchmarkDotNet.Attributes;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Benchmarks.Engine;

/// <summary>
/// One estimate of llama.cpp and its front end for a dense model of 80 layers that is known already: its graph is
/// planned operation by operation each time.
/// </summary>
public class PlannedBenchmarks
{
    private readonly PreparedModel _llamaCpp = Prepare("LlamaCpp");
    private readonly PreparedModel _ollama = Prepare("Ollama");
    private long _count;

    [Benchmark]
    public MemoryEstimate LlamaCpp()
    {
        return _llamaCpp.Estimate(Next());
    }

    [Benchmark]
    public MemoryEstimate Ollama()
    {
        return _ollama.Estimate(Next());
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
