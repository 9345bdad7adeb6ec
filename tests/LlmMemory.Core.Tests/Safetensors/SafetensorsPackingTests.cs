using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Safetensors;

/// <summary>
/// Packed weights, each worked out by hand for a linear layer of 256 inputs and 128 outputs: 32,768 weights, groups of
/// 128 inputs where there are groups.
/// </summary>
public sealed class SafetensorsPackingTests
{
    private const string Layer = "model.layers.0.mlp.up_proj";

    private const long Weights = 32_768;

    [Theory]
    [InlineData(2, 16)]
    [InlineData(3, 24)]
    [InlineData(4, 32)]
    [InlineData(8, 64)]
    public void GPTQ_packs_along_the_inputs(int bits, long rows)
    {
        // 256 inputs of so many bits in elements of 32; 128 outputs of so many bits in the zero points.
        var model = Read(new SafetensorsBuilder()
            .Add(Layer + ".qweight", "I32", rows, 128)
            .Add(Layer + ".qzeros", "I32", 2, 128 * bits / 32)
            .Add(Layer + ".scales", "F16", 2, 128)
            .Add(Layer + ".g_idx", "I32", 256));

        Check(model, "GPTQ", (Weights * bits / 8) + (2 * 128 * bits / 8) + (2 * 128 * 2) + (256 * 4));
    }

    [Fact]
    public void AWQ_packs_along_the_outputs()
    {
        var model = Read(new SafetensorsBuilder()
            .Add(Layer + ".qweight", "I32", 256, 16)
            .Add(Layer + ".qzeros", "I32", 2, 16)
            .Add(Layer + ".scales", "F16", 2, 128));

        Check(model, "AWQ", 16_384 + 128 + 512);
    }

    [Fact]
    public void GPTQ_without_zero_points_needs_the_configuration()
    {
        var builder = new SafetensorsBuilder().Add(Layer + ".qweight", "I32", 32, 128).Add(Layer + ".scales", "F16", 2, 128);

        var error = Assert.Throws<LlmMemoryException>(() => Read(builder));

        Assert.Equal(ErrorIds.PackedWeightsUnknown, error.ErrorId);
        Check(Read(builder, """{"quantization_config":{"quant_method":"gptq","bits":4}}"""), "GPTQ", 16_384 + 512);
    }

    [Theory]
    [InlineData("nf4", "NF4")]
    [InlineData("fp4", "FP4")]
    public void Bitsandbytes_keeps_two_weights_in_a_byte(string type, string format)
    {
        // 512 blocks of 64 weights; with double quantisation their maxima are bytes in 2 blocks of 256.
        var model = Read(new SafetensorsBuilder()
            .Add(Layer + ".weight", "U8", 16_384, 1)
            .Add(Layer + ".weight.absmax", "U8", 512)
            .Add(Layer + ".weight.nested_absmax", "F32", 2)
            .Add(Layer + ".weight.nested_quant_map", "F32", 256)
            .Add(Layer + ".weight.quant_map", "F32", 16)
            .Add(Layer + ".weight.quant_state.bitsandbytes__" + type, "U8", 90));

        Check(model, format, 16_384 + 512 + 8 + 1024 + 64 + 90);
    }

    [Fact]
    public void Bitsandbytes_in_8_bits_has_a_scale_for_each_output()
    {
        var model = Read(new SafetensorsBuilder()
            .Add(Layer + ".weight", "I8", 128, 256)
            .Add(Layer + ".SCB", "F32", 128)
            .Add(Layer + ".weight_format", "U8"));

        Check(model, "INT8", 32_768 + 512 + 1);
    }

    [Fact]
    public void MXFP4_has_blocks_of_32_and_a_scale_for_each()
    {
        // 4 experts of 64 outputs and 128 inputs: 4 x 64 x 4 blocks of 16 bytes.
        var model = Read(
            new SafetensorsBuilder()
                .Add("model.layers.0.mlp.experts.gate_up_proj_blocks", "U8", 4, 64, 4, 16)
                .Add("model.layers.0.mlp.experts.gate_up_proj_scales", "U8", 4, 64, 4)
                .Add("model.layers.0.mlp.experts.gate_up_proj_bias", "BF16", 4, 64),
            """{"num_experts_per_tok":1}""");

        Assert.Equal(32_768 + 256, model.Parameters);
        Assert.Equal((32_768 / 32 * 17) + 512, model.WeightBytes);
        Assert.Equal((32_768 + 256) / 4, model.ActiveParameters);
        Assert.Equal("MXFP4", model.Quantization);
        Assert.Equal(
            ["ExpertGateUp", "Scale", "ExpertGateUp"], model.Tensors.Select(tensor => tensor.Role));
    }

    [Fact]
    public void NVFP4_has_blocks_of_16_and_two_levels_of_scales()
    {
        var model = Read(new SafetensorsBuilder()
            .Add(Layer + ".weight", "U8", 128, 128)
            .Add(Layer + ".weight_scale", "F8_E4M3", 128, 16)
            .Add(Layer + ".weight_scale_2", "F32")
            .Add(Layer + ".input_scale", "F32"));

        Check(model, "NVFP4", 16_384 + 2048 + 8);
    }

    [Fact]
    public void NVFP4_of_compressed_tensors_has_other_names()
    {
        var model = Read(new SafetensorsBuilder()
            .Add(Layer + ".weight_packed", "U8", 128, 128)
            .Add(Layer + ".weight_scale", "F8_E4M3", 128, 16)
            .Add(Layer + ".weight_global_scale", "F32", 1)
            .Add(Layer + ".input_global_scale", "F32", 1));

        Check(model, "NVFP4", 16_384 + 2048 + 8);
    }

    [Fact]
    public void Compressed_tensors_pack_integers_as_the_configuration_says()
    {
        var builder = new SafetensorsBuilder()
            .Add(Layer + ".weight_packed", "I32", 128, 32)
            .Add(Layer + ".weight_scale", "BF16", 128, 2)
            .Add(Layer + ".weight_zero_point", "I32", 16, 2)
            .Add(Layer + ".weight_shape", "I64", 2);
        const string Config = """
            {"quantization_config":{"config_groups":{
              "group_0":{"weights":{"num_bits":8,"group_size":128}},
              "group_1":{"weights":{"num_bits":4,"group_size":128}}}}}
            """;

        Check(Read(builder, Config), "INT4", 16_384 + 512 + 128 + 16);
        Assert.Equal(ErrorIds.PackedWeightsUnknown, Assert.Throws<LlmMemoryException>(() => Read(builder)).ErrorId);
    }

    [Theory]
    [InlineData("weight_scale_inv")]
    [InlineData("weight_scale")]
    public void FP8_has_a_scale_for_each_block(string scale)
    {
        // Blocks of 128 x 128: one row of two.
        var model = Read(new SafetensorsBuilder().Add(Layer + ".weight", "F8_E4M3", 128, 256).Add($"{Layer}.{scale}", "F32", 1, 2));

        Check(model, "FP8", 32_768 + 8);
    }

    [Fact]
    public void MLX_packs_along_the_inputs_and_calls_its_zero_points_biases()
    {
        var model = Read(
            new SafetensorsBuilder()
                .Add(Layer + ".weight", "U32", 128, 32)
                .Add(Layer + ".scales", "F16", 128, 4)
                .Add(Layer + ".biases", "F16", 128, 4),
            """{"quantization":{"group_size":64,"bits":4}}""");

        Check(model, "MLX", 16_384 + 1024 + 1024);
    }

    [Fact]
    public void Integers_in_an_unknown_packing_are_told_about()
    {
        var model = Read(new SafetensorsBuilder().Add(Layer + ".weight", "I16", 128, 16), "{}");

        Assert.Contains(model.Assumptions, sentence => sentence.Contains("packing that is not known", System.StringComparison.Ordinal));
    }

    private static LlmModel Read(SafetensorsBuilder builder, string? config = null)
    {
        if (config is null)
        {
            return ModelReader.FromSafetensors(builder.ToStream(), "packed");
        }

        using var folder = new TemporaryFolder();
        folder.Write("config.json", config);
        builder.Save(folder.At("model.safetensors"));
        return ModelReader.FromPath(folder.Path);
    }

    private static void Check(LlmModel model, string format, long bytes)
    {
        Assert.Equal(Weights, model.Parameters);
        Assert.Equal(bytes, model.WeightBytes);
        Assert.Equal(format, model.Quantization);
        var codes = Assert.Single(model.Tensors, tensor => tensor.Parameters > 0);
        Assert.Equal("MlpUp", codes.Role);
        Assert.All(model.Tensors.Where(tensor => tensor != codes), tensor => Assert.Equal("Scale", tensor.Role));
    }
}
