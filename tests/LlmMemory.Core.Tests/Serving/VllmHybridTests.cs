using LlmMemory.Estimation.Serving;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>
/// vLLM's pool for models in which few layers attend and most carry a state, against tokens that logs print for a cache
/// of the size that they print (serving-measured.csv, rows 384 to 387 and 394; noonghunna/club-3090).
/// </summary>
public sealed class VllmHybridTests
{
    private const long Context = 262_144;

    private static readonly ServingEngine Vllm = ServingEngines.All.Find("vLLM");

    // The log rounds its cache to a hundredth of a GiB, which is half a block of the third row.
    [Theory]
    [InlineData("qwen3.6-27b", "int8_per_token_head", 4, true, 11.10, 605_495, 0)]
    [InlineData("qwen3.6-27b", "fp8", 3, false, 14.68, 841_541, 0)]
    [InlineData("qwen3.6-35b-a3b", "fp8", 0, true, 17.02, 3_382_054, 1)]
    [InlineData("qwen3.6-35b-a3b", "fp8", 0, true, 16.58, 3_292_687, 0)]
    public void The_tokens_of_a_hybrid_are_those_of_the_log(
        string model, string cacheType, int drafted, bool prefixCaching, double cacheGiB, long tokens, int blocksOff)
    {
        var workload = new InferenceWorkload
        {
            ContextLength = Context,
            KvCacheType = CacheTypes.All.Find(cacheType),
            TensorParallel = 2,
            SpeculativeTokens = drafted,
            PrefixCaching = prefixCaching,
            MaxSequences = 2,
            MaxBatchedTokens = 4096,
            GpuMemoryUtilization = 1,
        };

        var capacity = WithCache(model, workload, cacheGiB);

        var tokensOfBlock = (Context * capacity.MaxConcurrency / capacity.Blocks) + 1;
        Assert.InRange(tokens - capacity.Tokens, 0, (long)(blocksOff * tokensOfBlock));
    }

    // The device is made as large as leaves just that cache.
    private static ServingCapacity WithCache(string name, InferenceWorkload workload, double cacheGiB)
    {
        const long Large = 1L << 40;
        var model = ModelReader.FromCatalogue(ModelCatalogue.All.Find(name));
        var cache = (long)(cacheGiB * (1L << 30));
        var left = Vllm.Estimate(model, workload with { DeviceMemory = Large }, "0.25").Capacity!.CacheBytes;
        return Vllm.Estimate(model, workload with { DeviceMemory = Large - left + cache }, "0.25").Capacity!;
    }
}
