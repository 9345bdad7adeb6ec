using System;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Serving;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>Ollama and LM Studio as engines: llama.cpp under the settings that they give it.</summary>
public sealed class FrontEndEngineTests
{
    [Fact]
    public void Ollama_is_llama_cpp_with_the_context_of_every_request_and_batches_of_512()
    {
        var ollama = Estimate("ollama", new InferenceWorkload { ContextLength = 8192, Concurrency = 4 });
        var llamaCpp = Estimate("llama.cpp", new InferenceWorkload { ContextLength = 32_768, Concurrency = 4, BatchSize = 512, MicroBatchSize = 512 });

        Assert.Equal("Ollama", ollama.Engine);
        Assert.Equal((8_192, 4, 512), (ollama.ContextLength, ollama.Concurrency, ollama.BatchSize));
        foreach (var name in llamaCpp.Components.Select(part => part.Name).Where(name => name != "CUDA context and libraries"))
        {
            Assert.Equal(Bytes(llamaCpp, name), Bytes(ollama, name));
        }
    }

    // ollama/ollama, ml/device.go: MinimumMemory.
    [Fact]
    public void Ollama_sets_457_MiB_aside_on_each_gpu()
    {
        var estimate = Estimate("Ollama", new InferenceWorkload { ContextLength = 8192, GpuCount = 2 });
        var aside = estimate.Components.Where(part => part.Name == "CUDA context and libraries").ToList();

        Assert.Equal(["Device 0", "Device 1"], aside.Select(part => part.Device));
        Assert.All(aside, part => Assert.Equal(457L << 20, part.Bytes));
        Assert.Contains(estimate.Assumptions, sentence => sentence.Contains("457 MiB", StringComparison.Ordinal));
    }

    // server/routes.go: by the memory of all GPUs; llama-3.1-8b itself was made for 131,072.
    [Theory]
    [InlineData(80, 1, 131_072)]
    [InlineData(24, 2, 131_072)]
    [InlineData(24, 1, 32_768)]
    [InlineData(12, 1, 4096)]
    [InlineData(12, 0, 4096)]
    public void Ollamas_context_follows_the_memory_of_the_gpus(long gibibytes, int gpus, long expected)
    {
        var estimate = Estimate("Ollama", new InferenceWorkload { DeviceMemory = gibibytes << 30, GpuCount = gpus });

        Assert.Equal(expected, estimate.ContextLength);
        Assert.Contains(estimate.Assumptions, sentence => sentence.StartsWith("Ollama's default context", StringComparison.Ordinal));
    }

    [Fact]
    public void LM_Studio_is_llama_cpp_with_four_requests_in_one_cache()
    {
        var studio = Estimate("LM Studio", new InferenceWorkload { ContextLength = 8192 });
        var llamaCpp = Estimate("LlamaCpp", new InferenceWorkload { ContextLength = 8192, Concurrency = 4, UnifiedKv = true });

        Assert.Equal("LMStudio", studio.Engine);
        Assert.Equal((8192, 4), (studio.ContextLength, studio.Concurrency));
        Assert.Equal(llamaCpp.TotalBytes, studio.TotalBytes);
    }

    [Fact]
    public void Caches_are_in_the_type_that_was_said()
    {
        var workload = new InferenceWorkload { ContextLength = 8192, KvCacheType = CacheTypes.All.Find("q8_0") };

        // 32 layers x 2 x 8 heads x 128 x 34 / 32 bytes.
        Assert.Equal(8192 * 69_632L, Estimate("Ollama", workload).KvCacheBytes);
        Assert.Equal(8192 * 69_632L, Estimate("LMStudio", workload).KvCacheBytes);
        Assert.Equal(("q8_0", "q8_0"), (Estimate("Ollama", workload).KvCacheType, Estimate("Ollama", workload).ValueCacheType));
    }

    [Fact]
    public void What_a_program_does_not_have_is_said_to_be_without_effect()
    {
        var workload = new InferenceWorkload { ContextLength = 8192, MicroBatchSize = 64, GpuLayers = 10, TensorParallel = 2, MaxSequences = 8 };
        foreach (var engine in new[] { "Ollama", "LMStudio" })
        {
            var silent = Estimate(engine, workload).Assumptions.Where(sentence => sentence.Contains("has no effect", StringComparison.Ordinal)).ToList();

            Assert.Equal(["-TensorParallel", "-MaxSequences", "-MicroBatchSize"], silent.Select(sentence => sentence.Split(' ')[0]));
        }
    }

    private static MemoryEstimate Estimate(string engine, InferenceWorkload workload)
    {
        return EngineModels.Of(ServingEngines.All.Find(engine).Name, "llama-3.1-8b").Estimate(workload);
    }

    private static long Bytes(MemoryEstimate estimate, string name)
    {
        return estimate.Components.Where(part => part.Name == name).Sum(part => part.Bytes);
    }
}
