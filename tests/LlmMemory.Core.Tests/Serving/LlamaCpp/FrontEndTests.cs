using LlmMemory.Errors;
using LlmMemory.Estimation.Serving.LlamaCpp;
using LlmMemory.Estimation.Serving.LlamaCpp.FrontEnds;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>How programs around llama.cpp start it.</summary>
public sealed class FrontEndTests
{
    // A model made for 32768 tokens.
    private static readonly LlamaCppModel Model = LlamaCppModel.Of(LlamaCppModels.Carried("qwen2.5-0.5b-Q4_K_M"));

    // ollama/ollama, server/routes.go; and llm/server.go for the model's own length.
    [Theory]
    [InlineData(0, 4096)]
    [InlineData(22, 4096)]
    [InlineData(23, 32768)]
    [InlineData(80, 32768)]
    public void Ollamas_default_context_follows_the_memory_of_the_gpus_and_ends_with_the_models(long gibibytes, long expected)
    {
        Assert.Equal(32768, Model.TrainedLength);
        Assert.Equal(expected, new OllamaSettings { GpuMemoryBytes = gibibytes << 30 }.For(Model).ContextLength);
    }

    // llm/llama_server.go: -c NumCtx x numParallel, -np numParallel, -b 512.
    [Fact]
    public void Ollama_multiplies_the_context_by_the_requests()
    {
        var memory = LlamaCppMemory.Of(Model, new OllamaSettings { ContextLength = 8192, ParallelRequests = 4 }.For(Model));

        Assert.Equal((32768, 8192, 4), (memory.ContextLength, memory.SequenceLength, memory.Slots));
        Assert.Equal(512, memory.BatchSize);
        Assert.Equal(457L << 20, memory.BytesOf(LlamaCppBufferKind.Overhead, 0));
    }

    [Fact]
    public void Ollama_without_a_context_and_without_gpus_is_an_error()
    {
        var error = Assert.Throws<LlmMemoryException>(() => new OllamaSettings().For(Model));
        Assert.Equal(ErrorIds.ServingSettingOutOfRange, error.ErrorId);
        Assert.Throws<LlmMemoryException>(() => new OllamaSettings { ContextLength = 8192, ParallelRequests = 0 }.For(Model));
    }

    // lmstudio.ai/docs/app/advanced/parallel-requests: four concurrent predictions.
    [Fact]
    public void LM_Studio_serves_four_requests_in_one_cache()
    {
        var memory = LlamaCppMemory.Of(Model, new LmStudioSettings { ContextLength = 8192 }.ToLlamaCpp());

        Assert.Equal((8192, 8192, 4), (memory.ContextLength, memory.SequenceLength, memory.Slots));
    }
}
