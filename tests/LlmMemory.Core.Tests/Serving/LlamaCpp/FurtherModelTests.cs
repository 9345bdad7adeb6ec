using System;
using System.IO;
using System.Linq;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Estimation.Serving.LlamaCpp;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>What is loaded beside a model.</summary>
public sealed class FurtherModelTests
{
    private static readonly LlamaCppModel Dense = LlamaCppModel.Of(LlamaCppModels.Dense);

    // src/llama-adapter.cpp: each pair lies in the buffer of the matrix that it is added to. Layer 0 is on the host.
    [Fact]
    public void An_adapter_lies_where_the_layers_lie()
    {
        var settings = Short with { GpuLayers = 22, Adapters = [Adapter] };

        var buffers = LlamaCppMemory.Of(Dense, settings).Buffers.Where(buffer => buffer.Name.StartsWith("Adapter", StringComparison.Ordinal));
        Assert.Equal([("Host", 2 * 4 * 2048 * 8L), ("GPU0", 2 * 4 * 2048 * 8L)], buffers.Select(buffer => (buffer.Device, buffer.Bytes)));
    }

    [Fact]
    public void A_projector_lies_on_the_first_gpu_with_what_it_computes_with()
    {
        var memory = LlamaCppMemory.Of(Dense, Short with { DeviceCount = 2, Projector = Projector });

        var buffers = memory.Buffers.Where(buffer => buffer.Name.StartsWith("Projector", StringComparison.Ordinal)).ToList();
        Assert.Equal([(0, 2 * 1024 * 1024L), (0, 2 * 1024 * 1024L / 5 * 2)], buffers.Select(buffer => (buffer.Gpu ?? -1, buffer.Bytes)));
        Assert.Contains(memory.Assumptions, assumption => assumption.Contains("projector"));
    }

    [Fact]
    public void Without_a_gpu_everything_lies_on_the_host()
    {
        var settings = Short with { DeviceCount = 0, Adapters = [Adapter], Projector = Projector, Draft = LlamaCppModels.Sliding };

        Assert.All(LlamaCppMemory.Of(Dense, settings).Buffers, buffer => Assert.Equal("Host", buffer.Device));
    }

    // conversion/gpt_oss.py: experts stay in MXFP4. The checkpoint has 65.25 GB, all but 1 % of it text in 4 bits.
    [SharedDataFact("configs", "openai--gpt-oss-120b_config.json")]
    public void Experts_in_MXFP4_stay_as_they_are()
    {
        var model = ModelReader.FromConfig(File.ReadAllText(ReferenceData.Shared("configs", "openai--gpt-oss-120b_config.json")));

        var memory = LlamaCppMemory.Of(model, Short);
        var weights = memory.BytesOf(LlamaCppBufferKind.Model, null) + memory.BytesOf(LlamaCppBufferKind.Model, 0);
        Assert.InRange(weights, model.WeightBytes * 0.99, model.WeightBytes * 1.01);
        Assert.Contains(memory.Assumptions, assumption => assumption.Contains("MXFP4"));
    }

    private static LlamaCppSettings Short => new() { ContextLength = 4096, Slots = 1 };

    private static LlmModel Adapter => ModelReader.FromGguf(
        new GgufBuilder()
            .Add("general.architecture", "llama")
            .Add("general.type", "adapter")
            .Add("adapter.type", "lora")
            .Tensor("blk.0.attn_q.weight.lora_a", 0, 4 * 2048 * 8, 2048, 8)
            .Tensor("blk.0.attn_q.weight.lora_b", 0, 4 * 8 * 2048, 8, 2048)
            .Tensor("blk.21.attn_q.weight.lora_a", 0, 4 * 2048 * 8, 2048, 8)
            .Tensor("blk.21.attn_q.weight.lora_b", 0, 4 * 8 * 2048, 8, 2048)
            .File(),
        "adapter");

    private static LlmModel Projector => ModelReader.FromGguf(
        new GgufBuilder().Add("general.architecture", "clip").Tensor("mm.0.weight", 1, 2 * 1024 * 1024, 1024, 1024).File(), "mmproj");
}
