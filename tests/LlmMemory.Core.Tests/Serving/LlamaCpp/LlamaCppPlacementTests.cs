using System.Linq;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Estimation.Serving.LlamaCpp;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>Where tensors, caches and further models lie.</summary>
public sealed class LlamaCppPlacementTests
{
    private static readonly LlamaCppModel Dense = LlamaCppModel.Of(LlamaCppModels.Dense);

    private static readonly LlamaCppModel Experts = LlamaCppModel.Of(LlamaCppModels.Experts);

    [Fact]
    public void A_rule_for_all_experts_is_what_cpu_moe_is()
    {
        var byName = LlamaCppMemory.Of(Experts, Short with { CpuMoe = true });
        var byRule = LlamaCppMemory.Of(Experts, Short with { TensorOverrides = [TensorOverride.Parse(@"\.ffn_(up|down|gate|gate_up)_(ch|)exps=CPU")] });
        var byCount = LlamaCppMemory.Of(Experts, Short with { CpuMoeLayers = 32 });

        Assert.Equal(Weights(byName), Weights(byRule));
        Assert.Equal(Weights(byName), Weights(byCount));
        Assert.True(byName.BytesOf(LlamaCppBufferKind.Model, null) > byName.BytesOf(LlamaCppBufferKind.Model, 0));
    }

    [Fact]
    public void The_first_rule_that_matches_counts()
    {
        var two = Short with { DeviceCount = 2, TensorSplit = [1, 0] };
        var rules = two with { TensorOverrides = [TensorOverride.Parse(@"blk\.0\.=CPU"), TensorOverride.Parse("blk=CUDA1")] };
        var layer = LlamaCppModels.Dense.Tensors.Where(tensor => tensor.Layer == 0).Sum(tensor => tensor.Bytes);

        var before = LlamaCppMemory.Of(Dense, two).BytesOf(LlamaCppBufferKind.Model, null);
        var after = LlamaCppMemory.Of(Dense, rules);
        Assert.Equal(before + layer, after.BytesOf(LlamaCppBufferKind.Model, null));
        Assert.True(after.BytesOf(LlamaCppBufferKind.Model, 1) > after.BytesOf(LlamaCppBufferKind.Model, 0));
    }

    [Fact]
    public void One_gpu_alone_is_the_main_one()
    {
        var memory = LlamaCppMemory.Of(Dense, Short with { DeviceCount = 3, SplitMode = LlamaCppSplitMode.None, MainGpu = 2 });

        Assert.Equal(["GPU2", "Host"], memory.Buffers.Select(buffer => buffer.Device).Distinct().Order());
    }

    // llama.cpp, src/llama-model.cpp: three shares of 1, 2 and 1 over 23 layers with the output.
    [Fact]
    public void Shares_are_of_layers()
    {
        var memory = LlamaCppMemory.Of(Dense, Short with { DeviceCount = 3, TensorSplit = [1, 2, 1] });

        var caches = memory.Buffers.Where(buffer => buffer.Kind == LlamaCppBufferKind.KvCache).Select(buffer => buffer.Bytes).ToList();
        var layer = caches.Sum() / 22;
        Assert.Equal([6 * layer, 12 * layer, 4 * layer], caches);
    }

    [Fact]
    public void Caches_stay_on_the_host_where_they_are_not_offloaded()
    {
        var memory = LlamaCppMemory.Of(Dense, Short with { KvOffload = false });

        Assert.Equal(0, memory.BytesOf(LlamaCppBufferKind.KvCache, 0));
        Assert.NotEqual(0, memory.BytesOf(LlamaCppBufferKind.KvCache, null));
    }

    // shared/facts/llamacpp.md: +3,204 MiB for Llama-3.1-8B in Q4_K_M; the same rule on a model that the tests carry.
    [Fact]
    public void A_cpu_stores_interleaved_weights_a_second_time()
    {
        var repacked = LlamaCppModels.Dense.Tensors
            .Where(tensor => tensor.DataType == "Q4_K" && tensor.Name != "token_embd.weight")
            .Sum(tensor => tensor.Bytes);

        var memory = LlamaCppMemory.Of(Dense, Short with { DeviceCount = 0 });
        Assert.Equal(repacked, memory.BytesOf(LlamaCppBufferKind.Overhead, null));
        Assert.Equal(0, LlamaCppMemory.Of(Dense, Short).BytesOf(LlamaCppBufferKind.Overhead, null));
        Assert.Equal(0, LlamaCppMemory.Of(Dense, Short with { DeviceCount = 0, MemoryMap = false }).BytesOf(LlamaCppBufferKind.Overhead, null));
    }

    [SharedDataFact("gguf")]
    public void Repacking_an_8B_model_takes_what_was_measured()
    {
        var model = ModelReader.FromGguf(new GgufSpec("llama3.1-8b-Q4_K_M").File(), "llama3.1-8b-Q4_K_M");

        var memory = LlamaCppMemory.Of(model, Short with { DeviceCount = 0 });
        Assert.Equal(3204L << 20, memory.BytesOf(LlamaCppBufferKind.Overhead, null));
    }

    [Fact]
    public void A_draft_model_has_weights_caches_and_buffers_of_its_own()
    {
        var alone = LlamaCppMemory.Of(Dense, Short);
        var drafted = LlamaCppMemory.Of(Experts, Short with { Draft = LlamaCppModels.Dense });

        var draft = drafted.Buffers.Where(buffer => buffer.Name.StartsWith("Draft: ", System.StringComparison.Ordinal)).ToList();
        Assert.Equal(alone.BytesOf(LlamaCppBufferKind.Model, 0), draft.Single(buffer => buffer is { Kind: LlamaCppBufferKind.Model, Gpu: 0 }).Bytes);
        Assert.Equal(alone.BytesOf(LlamaCppBufferKind.KvCache, 0), draft.Single(buffer => buffer is { Kind: LlamaCppBufferKind.KvCache, Gpu: 0 }).Bytes);
        Assert.Single(drafted.Buffers, buffer => buffer.Kind == LlamaCppBufferKind.Overhead);
    }

    [Fact]
    public void What_is_not_in_the_log_says_so()
    {
        var overhead = Assert.Single(LlamaCppMemory.Of(Dense, Short).Buffers, buffer => !buffer.IsLogged);

        Assert.Equal(LlamaCppBufferKind.Overhead, overhead.Kind);
        Assert.Contains("not in llama.cpp's log", overhead.Source);
    }

    [Fact]
    public void Each_buffer_has_its_formula_and_its_source()
    {
        var memory = LlamaCppMemory.Of(LlamaCppModels.Hybrid, Short with { DeviceCount = 2 });

        Assert.All(memory.Buffers, buffer => Assert.False(string.IsNullOrWhiteSpace(buffer.Formula)));
        Assert.All(memory.Buffers, buffer => Assert.Contains("llama.cpp", buffer.Source));
        Assert.Equal(memory.HostBytes + memory.GpuBytes, memory.Buffers.Sum(buffer => buffer.Bytes));
    }

    private static LlamaCppSettings Short => new() { ContextLength = 4096, Slots = 1 };

    private static string Weights(LlamaCppMemory memory)
    {
        return $"{memory.BytesOf(LlamaCppBufferKind.Model, null)} {memory.BytesOf(LlamaCppBufferKind.Model, 0)}";
    }
}
