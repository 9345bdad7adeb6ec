using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Quantization;

/// <summary>Each quant_method: the tensors of one weight worked out by hand, what stays, and the way back from headers.</summary>
public sealed class QuantizationMethodTests
{
    private const string Gate = "model.layers.0.mlp.gate_proj";

    /// <summary>A quantization_config, its name, and the tensors of a weight of 512 outputs and 256 inputs.</summary>
    public static TheoryData<string, string, string> Methods => new()
    {
        {
            """{"quant_method": "fp8", "weight_block_size": [128, 128], "activation_scheme": "dynamic"}""",
            "FP8-Block",
            "weight F8_E4M3 512x256; weight_scale_inv F32 4x2"
        },
        {
            """{"quant_method": "fp8", "activation_scheme": "static"}""",
            "FP8",
            "weight F8_E4M3 512x256; weight_scale F32; input_scale F32"
        },
        { """{"quant_method": "fp8", "activation_scheme": "dynamic"}""", "FP8", "weight F8_E4M3 512x256; weight_scale F32" },
        { """{"quant_method": "fbgemm_fp8"}""", "FP8-Channel", "weight F8_E4M3 512x256; weight_scale F32 512x1" },
        {
            """{"quant_method": "gptq", "bits": 4, "group_size": 128, "desc_act": false}""",
            "GPTQ",
            "qweight I32 32x512; qzeros I32 2x64; scales F16 2x512; g_idx I32 256"
        },
        {
            """{"quant_method": "gptq", "bits": 8, "group_size": -1}""",
            "GPTQ-Int8",
            "qweight I32 64x512; qzeros I32 1x128; scales F16 1x512; g_idx I32 256"
        },
        {
            """{"quant_method": "gptq", "bits": 3, "group_size": 64}""",
            "GPTQ-Int3",
            "qweight I32 24x512; qzeros I32 4x48; scales F16 4x512; g_idx I32 256"
        },
        {
            """{"quant_method": "awq", "bits": 4, "group_size": 64, "zero_point": true, "version": "gemm"}""",
            "AWQ",
            "qweight I32 256x64; qzeros I32 4x64; scales F16 4x512"
        },
        {
            """{"quant_method": "auto-round", "bits": 2, "group_size": 32, "sym": true, "packing_format": "auto_round:auto_gptq"}""",
            "GPTQ-Int2",
            "qweight I32 16x512; qzeros I32 8x32; scales F16 8x512"
        },
        {
            """{"quant_method": "bitsandbytes", "load_in_4bit": true, "bnb_4bit_quant_type": "nf4"}""",
            "NF4",
            "weight U8 65536x1; weight.absmax F32 2048; weight.quant_map F32 16; weight.quant_state.bitsandbytes__nf4 U8 80"
        },
        {
            """{"load_in_4bit": true, "bnb_4bit_quant_type": "fp4", "bnb_4bit_use_double_quant": true}""",
            "FP4-DQ",
            "weight U8 65536x1; weight.absmax U8 2048; weight.quant_map F32 16; weight.nested_absmax F32 8; "
            + "weight.nested_quant_map F32 256; weight.quant_state.bitsandbytes__fp4 U8 171"
        },
        { """{"quant_method": "bitsandbytes", "load_in_8bit": true}""", "LLM.int8", "weight I8 512x256; SCB F32 512; weight_format U8" },
        {
            Compressed("pack-quantized", """{"num_bits": 4, "type": "int", "strategy": "group", "group_size": 128, "symmetric": true}"""),
            "W4A16",
            "weight_packed I32 512x32; weight_scale BF16 512x2; weight_shape I64 2"
        },
        {
            Compressed(
                "pack-quantized",
                """{"num_bits": 8, "type": "int", "strategy": "channel", "symmetric": false, "actorder": "group"}"""),
            "W8A16",
            "weight_packed I32 512x64; weight_scale BF16 512x1; weight_shape I64 2; weight_zero_point I32 128x1; weight_g_idx I32 256"
        },
        {
            Compressed("pack-quantized", """{"num_bits": 3, "type": "int", "strategy": "group", "group_size": 128, "actorder": "dynamic"}"""),
            "W3A16",
            "weight_packed I32 512x24; weight_scale BF16 512x2; weight_shape I64 2; weight_g_idx I32 256"
        },
        {
            Compressed("int-quantized", """{"num_bits": 8, "type": "int", "strategy": "channel", "symmetric": false}"""),
            "INT8-Channel",
            "weight I8 512x256; weight_scale BF16 512x1; weight_zero_point I8 512x1"
        },
        {
            Compressed("mxfp8-quantized", """{"num_bits": 8, "type": "float", "strategy": "group", "group_size": 32}"""),
            "MXFP8",
            "weight F8_E4M3 512x256; weight_scale U8 512x8"
        },
        {
            """{"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 4, "group_size": null, "axis": 1}}}""",
            "HQQ",
            "W_q U8 256x256; scale BF16 512x1; zero BF16 512x1"
        },
        {
            """{"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 3, "group_size": 64, "axis": 0}}}""",
            "HQQ-Int3",
            "W_q I32 7x2048; scale BF16 1x2048; zero BF16 1x2048"
        },
        {
            """{"quant_method": "auto-round", "bits": 4, "group_size": 128, "packing_format": "auto_round:gptqmodel"}""",
            "GPTQ",
            "qweight I32 32x512; qzeros I32 2x64; scales F16 2x512; g_idx I32 256"
        },
        {
            Compressed("int-quantized", """{"num_bits": 8, "type": "int", "strategy": "channel"}"""),
            "INT8-Channel",
            "weight I8 512x256; weight_scale BF16 512x1"
        },
        {
            Compressed("float-quantized", """{"num_bits": 8, "type": "float", "strategy": "tensor"}""", """{"dynamic": false}"""),
            "FP8",
            "weight F8_E4M3 512x256; weight_scale BF16 1; input_scale BF16 1"
        },
        {
            Compressed("float-quantized", """{"num_bits": 8, "type": "float", "strategy": "block", "block_structure": [128, 128]}"""),
            "FP8-Block",
            "weight F8_E4M3 512x256; weight_scale BF16 4x2"
        },
        {
            Compressed("nvfp4-pack-quantized", """{"num_bits": 4, "type": "float", "strategy": "tensor_group", "group_size": 16}""", "{}"),
            "NVFP4",
            "weight_packed U8 512x128; weight_scale F8_E4M3 512x16; weight_global_scale F32 1; input_global_scale F32 1"
        },
        {
            Compressed("mxfp4-pack-quantized", """{"num_bits": 4, "type": "float", "strategy": "group", "group_size": 32}"""),
            "MXFP4",
            "weight_packed U8 512x128; weight_scale U8 512x8"
        },
        {
            """{"quant_method": "modelopt", "quant_algo": "NVFP4", "kv_cache_quant_algo": "FP8", "exclude_modules": ["lm_head"]}""",
            "NVFP4",
            "weight U8 512x128; weight_scale F8_E4M3 512x16; weight_scale_2 F32; input_scale F32"
        },
        {
            """
            {"quant_method": "modelopt", "quant_algo": "MIXED_PRECISION",
             "quantized_layers": {"model.layers.0.mlp.gate_proj": {"quant_algo": "MXFP8"}, "model.layers.0.mlp.up_proj": {"quant_algo": "FP8"}}}
            """,
            "MXFP8 + FP8",
            "weight F8_E4M3 512x256; weight_scale U8 512x8"
        },
        {
            """{"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 4, "group_size": 64}}, "skip_modules": ["lm_head"]}""",
            "HQQ",
            "W_q U8 1024x64; scale BF16 2048x1; zero BF16 2048x1"
        },
        {
            """{"quant_method": "hqq", "quant_config": {"mlp.gate_proj": {"weight_quant_params": {"nbits": 3, "group_size": 64}}}}""",
            "HQQ-Int3",
            "W_q I32 205x64; scale BF16 2048x1; zero BF16 2048x1"
        },
        {
            """
            {"quant_method": "aqlm", "nbits_per_codebook": 8, "num_codebooks": 2, "in_group_size": 8, "out_group_size": 1,
             "linear_weights_not_to_quantize": ["lm_head.weight"]}
            """,
            "AQLM",
            "codes I8 512x32x2; codebooks BF16 2x256x1x8; scales BF16 512x1x1x1"
        },
        {
            """
            {"quant_method": "quark", "exclude": ["lm_head"], "global_quant_config":
             {"weight": {"dtype": "fp4", "qscheme": "per_group", "group_size": 32}, "input_tensors": {"is_dynamic": true}}}
            """,
            "MXFP4",
            "weight U8 512x128; weight_scale U8 512x8"
        },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void It_stores_the_tensors_that_its_format_has(string quantization, string name, string tensors)
    {
        var model = ModelReader.FromConfig(QuantizedConfigs.Tiny.With(quantization));

        Assert.Equal(name, model.Quantization);
        Assert.Equal(tensors, string.Join("; ", model.Tensors.Where(tensor => IsOf(tensor, Gate)).Select(Describe)));
        Assert.Equal(ModelReader.FromConfig(QuantizedConfigs.Tiny).Parameters, model.Parameters);
        Assert.Equal("BF16", Find(model, "lm_head.weight").DataType);
        Assert.Equal("BF16", Find(model, "model.embed_tokens.weight").DataType);
        Assert.Equal("BF16", Find(model, "model.layers.1.input_layernorm.weight").DataType);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void It_comes_back_from_its_headers(string quantization, string name, string tensors)
    {
        Assert.NotEmpty(name + tensors);
        foreach (var plain in new[] { QuantizedConfigs.Tiny, QuantizedConfigs.TinyMixture })
        {
            var config = plain.With(quantization);
            var derived = ModelReader.FromConfig(config);

            var read = CheckpointFolder.ReadBack(derived, config);

            Assert.Equal(derived.Parameters, read.Parameters);
            Assert.Equal(derived.ActiveParameters, read.ActiveParameters);
            Assert.Equal(derived.WeightBytes, read.WeightBytes);
            Assert.Equal(derived.DataType, read.DataType);
            Assert.Equal(Roles(derived), Roles(read));
        }
    }

    [Fact]
    public void Torchao_has_tiles_of_four_bits()
    {
        var model = ModelReader.FromConfig(QuantizedConfigs.Tiny.With(
            """{"quant_method": "torchao", "quant_type": {"default": {"_type": "Int4WeightOnlyConfig", "_data": {"group_size": 128}}}}"""));

        Assert.Equal(
            "weight_packed I32 512x32; weight_scale_and_zero BF16 2x512x2",
            string.Join("; ", model.Tensors.Where(tensor => IsOf(tensor, Gate)).Select(Describe)));
        Assert.Contains(model.Assumptions, text => text.Contains("torchao", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gate_proj", "gate_proj")]
    [InlineData("model.layers.0.mlp", "model.layers.0.mlp.down_proj")]
    [InlineData("layers.1.self_attn.q_proj", "model.layers.1.self_attn.q_proj")]
    [InlineData("model.layers.*.self_attn", "model.layers.1.self_attn.o_proj")]
    [InlineData("*.self_attn.*", "model.layers.1.self_attn.k_proj")]
    [InlineData("model.layers.0.self_attn*", "model.layers.0.self_attn.k_proj")]
    [InlineData("re:.*mlp[.](gate|up)_proj", "model.layers.0.mlp.up_proj")]
    public void A_list_of_modules_keeps_what_it_names(string pattern, string module)
    {
        var model = ModelReader.FromConfig(QuantizedConfigs.Tiny.With(
            $$"""{"quant_method": "fp8", "weight_block_size": [128, 128], "modules_to_not_convert": ["{{pattern}}"]}"""));

        Assert.All(model.Tensors.Where(tensor => tensor.Name.EndsWith(module + ".weight", StringComparison.Ordinal)), IsPlain);
        Assert.Contains(model.Tensors, tensor => tensor.DataType == "F8_E4M3");
    }

    [Theory]
    [InlineData("gate")]
    [InlineData("layers.0.mlp.gate")]
    [InlineData("re:mlp")]
    [InlineData("model.layer")]
    public void A_list_of_modules_names_whole_steps(string pattern)
    {
        var model = ModelReader.FromConfig(QuantizedConfigs.Tiny.With(
            $$"""{"quant_method": "fp8", "weight_block_size": [128, 128], "modules_to_not_convert": ["{{pattern}}"]}"""));

        Assert.Equal(14, model.Tensors.Count(tensor => tensor.DataType == "F8_E4M3"));
    }

    [Fact]
    public void Routers_stay_and_experts_do_not()
    {
        var model = ModelReader.FromConfig(QuantizedConfigs.TinyMixture.With("""{"quant_method": "gptq", "bits": 4, "group_size": 128}"""));

        IsPlain(Find(model, "model.layers.0.block_sparse_moe.gate.weight"));
        Assert.Equal("I32", Find(model, "model.layers.0.block_sparse_moe.experts.*.w1.qweight").DataType);
        Assert.Equal(4, Find(model, "model.layers.0.block_sparse_moe.experts.*.w1.qweight").Count);
    }

    [Fact]
    public void Rules_of_GPTQModel_leave_modules_out_and_give_others_more_bits()
    {
        var model = ModelReader.FromConfig(QuantizedConfigs.Tiny.With(
            """
            {"quant_method": "gptq", "bits": 4, "group_size": 128, "lm_head": true,
             "dynamic": {"-:.*self_attn.*": {}, "+:.*down_proj.*": {"bits": 8, "group_size": 32}}}
            """));

        IsPlain(Find(model, "model.layers.0.self_attn.q_proj.weight"));
        Assert.Equal([128, 256], Find(model, "model.layers.0.mlp.down_proj.qweight").Shape);
        Assert.Equal([16, 256], Find(model, "model.layers.0.mlp.down_proj.scales").Shape);
        Assert.Equal("I32", Find(model, "model.layers.0.mlp.up_proj.qweight").DataType);
    }

    [Theory]
    [InlineData("""{"quant_method": "vptq"}""", ErrorIds.QuantizationUnknown, "vptq")]
    [InlineData("""{"quant_method": "gtpq", "bits": 4}""", ErrorIds.QuantizationUnknown, "Did they mean gptq")]
    [InlineData("""{"bits": 4}""", ErrorIds.ConfigFieldMissing, "quant_method")]
    [InlineData("""{"quant_method": "gptq"}""", ErrorIds.ConfigFieldMissing, "bits")]
    [InlineData("""{"quant_method": "gptq", "bits": 5}""", ErrorIds.ConfigFieldInvalid, "bits")]
    [InlineData("""{"quant_method": "awq", "bits": "four"}""", ErrorIds.ConfigFieldInvalid, "bits")]
    [InlineData("""{"quant_method": "fp8", "weight_block_size": [128]}""", ErrorIds.ConfigFieldInvalid, "weight_block_size")]
    [InlineData("""{"quant_method": "fp8", "weight_block_size": [0, 128]}""", ErrorIds.ConfigFieldInvalid, "weight_block_size")]
    [InlineData("""{"quant_method": "modelopt", "quant_algo": "W4A8_AWQ"}""", ErrorIds.QuantizationUnknown, "W4A8_AWQ")]
    [InlineData("""{"quant_method": "modelopt", "quant_algo": "NVFP4", "group_size": 32}""", ErrorIds.QuantizationUnknown, "groups of 32")]
    [InlineData("""{"quant_method": "modelopt"}""", ErrorIds.ConfigFieldMissing, "quant_algo")]
    [InlineData("""{"quant_method": "compressed-tensors"}""", ErrorIds.ConfigFieldMissing, "config_groups")]
    [InlineData("""{"quant_method": "bitsandbytes"}""", ErrorIds.ConfigFieldMissing, "load_in_4bit")]
    [InlineData("""{"quant_method": "fp8", "modules_to_not_convert": ["re:("]}""", ErrorIds.ConfigFieldInvalid, "regular expression")]
    [InlineData("""{"quant_method": "fp8", "modules_to_not_convert": ["re:((([a-z_.]|[0-9])+)+)+!"]}""", ErrorIds.ConfigFieldInvalid, "too long")]
    [InlineData("""{"load_in_4bit": true, "bnb_4bit_quant_storage": "int4"}""", ErrorIds.QuantizationUnknown, "int4")]
    [InlineData("""{"quant_method": "awq", "bits": 4, "version": "gemv"}""", ErrorIds.QuantizationUnknown, "GEMV")]
    [InlineData("""{"quant_method": "gptq", "bits": 4, "checkpoint_format": "marlin"}""", ErrorIds.QuantizationUnknown, "marlin")]
    [InlineData("""{"quant_method": "gptq", "bits": 4, "is_marlin_format": true}""", ErrorIds.QuantizationUnknown, "marlin")]
    [InlineData("""{"quant_method": "gptq", "bits": 4, "pack_dtype": "int16"}""", ErrorIds.QuantizationUnknown, "int16")]
    [InlineData("""{"quant_method": "auto-round", "bits": 4, "data_type": "mx_fp"}""", ErrorIds.QuantizationUnknown, "mx_fp")]
    [InlineData("""{"quant_method": "auto-round", "bits": 4, "packing_format": "auto_round:llm_compressor"}""", ErrorIds.QuantizationUnknown, "llm_compressor")]
    [InlineData("""{"quant_method": "auto-round", "bits": 4, "act_bits": 8, "packing_format": "auto_round:auto_gptq"}""", ErrorIds.QuantizationUnknown, "auto_gptq")]
    [InlineData("""{"quant_method": "compressed-tensors", "config_groups": {}, "sparsity_config": {"format": "sparse-24-bitmask"}}""", ErrorIds.QuantizationUnknown, "sparse-24")]
    [InlineData("""{"quant_method": "compressed-tensors", "config_groups": {}, "transform_config": {"config_groups": {"u": {}}}}""", ErrorIds.QuantizationUnknown, "transform_config")]
    public void What_cannot_be_known_is_refused(string quantization, string errorId, string part)
    {
        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(QuantizedConfigs.Tiny.With(quantization)));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static string Compressed(string format, string weights, string activations = "null")
    {
        return $$"""
            {"quant_method": "compressed-tensors", "format": "{{format}}", "ignore": ["lm_head"], "config_groups":
             {"group_0": {"targets": ["Linear"], "weights": {{weights}}, "input_activations": {{activations}} } } }
            """;
    }

    private static bool IsOf(ModelTensor tensor, string module)
    {
        return tensor.Name.StartsWith(module + ".", StringComparison.Ordinal);
    }

    private static string Describe(ModelTensor tensor)
    {
        var shape = string.Join("x", tensor.Shape.Select(length => length.ToString(CultureInfo.InvariantCulture)));
        return $"{tensor.Name.Substring(Gate.Length + 1)} {tensor.DataType} {shape}".TrimEnd();
    }

    private static ModelTensor Find(LlmModel model, string name)
    {
        return model.Tensors.Single(tensor => tensor.Name == name);
    }

    private static void IsPlain(ModelTensor tensor)
    {
        Assert.Equal("BF16", tensor.DataType);
    }

    private static IEnumerable<string> Roles(LlmModel model)
    {
        return model.Tensors
            .Select(tensor => $"{tensor.Name} {tensor.Role} {tensor.Part} {tensor.Quantization} x{tensor.Count}")
            .OrderBy(text => text, StringComparer.Ordinal);
    }
}
