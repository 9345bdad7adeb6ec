using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization.Gguf;
using LlmMemory.Quantization.HuggingFace;
using Xunit;

namespace LlmMemory.Core.Tests.Quantization;

/// <summary>Quantisations that nobody has made yet: their sizes, and what they leave alone.</summary>
public sealed class SchemeTests
{
    private static readonly LlmModel Llama = ModelReader.FromConfig(QuantizedConfigs.Llama31);

    public static TheoryData<string> Names => [.. HuggingFaceSchemes.All.Select(scheme => scheme.Name)];

    [Theory]
    [InlineData("FP8", 8.0)]
    [InlineData("INT8", 8.0)]
    [InlineData("FP8-Block", 8.002)]
    [InlineData("MXFP8", 8.25)]
    [InlineData("NF4", 4.5)]
    [InlineData("NF4-DQ", 4.127)]
    [InlineData("NVFP4", 4.5)]
    [InlineData("MXFP4", 4.25)]
    [InlineData("HQQ", 4.5)]
    [InlineData("W4A16", 4.125)]
    [InlineData("AWQ", 4.156)]
    public void The_bits_of_the_quantised_weights_are_the_format_s(string name, double bits)
    {
        // facts: bits per weight of each format; per-output scales of Llama's rows of 4096 and 14336 add less than 0.004.
        var linear = Quantize(Llama, name).Tensors.Where(tensor => tensor.Layer is not null && !tensor.Name.Contains("norm", StringComparison.Ordinal)).ToList();

        var actual = 8.0 * linear.Sum(tensor => tensor.Bytes) / linear.Sum(tensor => tensor.Parameters);

        Assert.InRange(actual, bits - 0.001, bits + 0.006);
    }

    [Fact]
    public void Llama_3_1_8B_loads_in_what_vLLM_reports()
    {
        // vLLM's "Model loading took" has the rotary table of 131072 x 128 x 2 bytes in it, and what its allocator rounds
        // up: 5.38 GiB for W4A16 (which has buffers of its kernel too), 8.49 for W8A8 and FP8.
        Assert.InRange(LoadedGiB("W4A16"), 0.99 * 5.38, 5.38);
        Assert.InRange(LoadedGiB("INT8"), 0.995 * 8.49, 8.495);
        Assert.InRange(LoadedGiB("FP8"), 0.995 * 8.49, 8.495);

        static double LoadedGiB(string name)
        {
            const double Rotary = 131072 * 128 * 2;
            return (Quantize(Llama, name).WeightBytes + Rotary) / (1L << 30);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_stay_and_a_quantised_checkpoint_comes_back(string name)
    {
        foreach (var config in new[] { QuantizedConfigs.Tiny, QuantizedConfigs.TinyMixture })
        {
            var plain = ModelReader.FromConfig(config);
            var quantized = Quantize(plain, name);

            // Packed integers say their bits in the configuration alone.
            var isPacked = quantized.Tensors.Any(tensor => tensor.Name.EndsWith("weight_packed", StringComparison.Ordinal));
            var read = CheckpointFolder.ReadBack(quantized, isPacked ? config.With("""{"quant_method": "w4a16", "bits": 4}""") : config);

            Assert.Equal(plain.Parameters, quantized.Parameters);
            Assert.Equal(plain.ActiveParameters, quantized.ActiveParameters);
            Assert.Equal(quantized.Parameters, read.Parameters);
            Assert.Equal(quantized.WeightBytes, read.WeightBytes);
        }
    }

    [Fact]
    public void Experts_stacked_by_input_are_scaled_along_their_inputs()
    {
        var config = QuantizedConfigs.Carried("openai--gpt-oss-120b").Replace("\"quant_method\": \"mxfp4\"", "\"quant_method\": \"fbgemm_fp8\"", StringComparison.Ordinal);

        var scale = ModelReader.FromConfig(config).Tensors.First(tensor => tensor.Name == "model.layers.0.mlp.experts.gate_up_proj_scale");

        Assert.Equal([128, 5760, 1], scale.Shape);
    }

    [Theory]
    [InlineData("""{"quant_method": "awq", "bits": 4}""")]
    [InlineData("""{"quant_method": "modelopt", "quant_algo": "NVFP4", "exclude_modules": ["lm_head"]}""")]
    public void Packed_weights_are_not_converted_to_GGUF(string quantization)
    {
        var model = ModelReader.FromConfig(QuantizedConfigs.Tiny.With(quantization));

        var error = Assert.Throws<LlmMemoryException>(() => GgufMixtures.All.Single(scheme => scheme.Name == "Q4_K_M").Quantize(model));

        Assert.Equal(ErrorIds.ModelAlreadyQuantized, error.ErrorId);
    }

    [Fact]
    public void Weights_of_8_bits_are_converted_to_GGUF_as_the_model_that_they_were_made_from()
    {
        var scheme = GgufMixtures.All.Single(scheme => scheme.Name == "Q4_K_M");
        var model = ModelReader.FromConfig(QuantizedConfigs.Tiny.With("""{"quant_method": "fp8", "weight_block_size": [128, 128]}"""));

        Assert.Equal(scheme.Quantize(ModelReader.FromConfig(QuantizedConfigs.Tiny)).WeightBytes, scheme.Quantize(model).WeightBytes);
    }

    [Fact]
    public void What_no_group_divides_is_refused()
    {
        var odd = ModelReader.FromConfig(QuantizedConfigs.Tiny.Replace("256", "264", StringComparison.Ordinal).Replace("512", "520", StringComparison.Ordinal));

        var error = Assert.Throws<LlmMemoryException>(() => Quantize(odd, "W4A16"));

        Assert.Equal(ErrorIds.QuantizationImpossible, error.ErrorId);
        Assert.Contains("W4A16", error.Message, StringComparison.Ordinal);
    }

    private static LlmModel Quantize(LlmModel model, string name)
    {
        return HuggingFaceSchemes.All.Single(scheme => scheme.Name == name).Quantize(model);
    }
}
