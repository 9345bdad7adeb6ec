using System;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>
/// Experts in MXFP4 as vLLM's kernels want them, against logged loads of gpt-oss on H100 (llm-d-incubation/llm-d-planner:
/// docs/empirical-vllm-memory-results.md for 0.11, accuracy/results/v0.19.0/logs for 0.19).
/// </summary>
public sealed class Mxfp4LayoutTests
{
    private const double GiB = 1L << 30;

    private static readonly LlmModel Small = Read("gpt-oss-20b-a3.6b");

    private static readonly LlmModel Large = Read("gpt-oss-120b-a5.1b");

    [Theory]
    [InlineData(false, "0.11", 1, 13.47)]
    [InlineData(true, "0.11", 1, 64.38)]
    [InlineData(false, "0.19", 1, 13.64)]
    [InlineData(false, "0.19", 2, 7.01)]
    public void A_load_on_Hopper_is_as_logged(bool isLarge, string version, int ranks, double loadedGiB)
    {
        var workload = new InferenceWorkload { ContextLength = 8192, TensorParallel = ranks, DeviceMemory = (long)(79.19 * GiB) };

        var weights = Weights(Estimate(isLarge ? Large : Small, workload, version)) / GiB;

        Assert.InRange(weights / loadedGiB, 0.994, 1.001);
    }

    // 24 layers x 32 experts. Marlin: 3072 and 2944 (2880 padded to 256 and 128) x 17 / 32 bytes and 16-bit biases;
    // TensorRT-LLM: 3072 twice and 32-bit biases; each less 3 x 2880 x 2880 x 17 / 32 and 16-bit biases.
    [Theory]
    [InlineData(24, 768L * ((3L * ((3072 * 2944) - (2880 * 2880)) * 17 / 32) + (((2 * 2944) + 3072 - (3 * 2880)) * 2)))]
    [InlineData(178, 768L * ((3L * ((3072 * 3072) - (2880 * 2880)) * 17 / 32) + (3 * 3072 * 4) - (3 * 2880 * 2)))]
    public void Other_devices_pad_to_whole_tiles(int memoryGiB, long expected)
    {
        var estimate = Estimate(Small, new InferenceWorkload { ContextLength = 8192, DeviceMemory = memoryGiB * (1L << 30) }, "0.19");

        Assert.Equal(expected, Bytes(estimate, "MXFP4 layout"));
    }

    [Theory]
    [InlineData(null, null, "Triton")]
    [InlineData(24, null, "Marlin")]
    [InlineData(80, 4, "Marlin")]
    [InlineData(141, null, "Triton")]
    [InlineData(178, null, "TensorRT-LLM")]
    public void The_kernels_stand_in_the_assumptions(int? memoryGiB, int? slots, string kernels)
    {
        var estimate = Estimate(Small, new InferenceWorkload { ContextLength = 8192, DeviceMemory = memoryGiB * (1L << 30), LoraSlots = slots }, null);

        Assert.Contains(estimate.Assumptions, sentence => sentence.StartsWith($"Experts in MXFP4 by {kernels}'s kernels", StringComparison.Ordinal));
    }

    // Two ranks: 16 whole experts of 2880 each instead of 32 of 1440 padded to 1472.
    [Fact]
    public void Whole_experts_are_padded_whole()
    {
        var workload = new InferenceWorkload { ContextLength = 8192, TensorParallel = 2 };

        var split = Estimate(Small, workload, null);
        var whole = Estimate(Small, workload with { ExpertParallel = true }, null);

        // What one rank adds to a load in 0.19 of all experts, halved.
        Assert.Equal(Bytes(Estimate(Small, workload with { TensorParallel = 1 }, null), "MXFP4 layout") / 2, Bytes(whole, "MXFP4 layout"));
        Assert.True(Bytes(whole, "MXFP4 layout") < Bytes(split, "MXFP4 layout"));
    }

    [Fact]
    public void Other_formats_have_no_such_layout()
    {
        var estimate = Estimate(ModelReader.FromCatalogue(ModelCatalogue.All.Find("gpt-oss-20b-a3.6b")), new InferenceWorkload { ContextLength = 8192 }, null);

        Assert.Equal(0, Bytes(estimate, "MXFP4 layout"));
        Assert.DoesNotContain(estimate.Assumptions, sentence => sentence.StartsWith("Experts in MXFP4", StringComparison.Ordinal));
    }

    private static LlmModel Read(string name)
    {
        return WeightFormats.SchemeOf(WeightFormats.All.Find("MXFP4")).Quantize(ModelReader.FromCatalogue(ModelCatalogue.All.Find(name)));
    }

    private static MemoryEstimate Estimate(LlmModel model, InferenceWorkload workload, string? version)
    {
        return ServingEngines.All.Find("vLLM").Estimate(model, workload, version);
    }

    private static double Weights(MemoryEstimate estimate)
    {
        return Bytes(estimate, "Weights") + Bytes(estimate, "Rotary cache") + Bytes(estimate, "MXFP4 layout");
    }

    private static long Bytes(MemoryEstimate estimate, string name)
    {
        return estimate.Components.Where(part => part.Device == "Device 0" && part.Name == name).Sum(part => part.Bytes);
    }
}
