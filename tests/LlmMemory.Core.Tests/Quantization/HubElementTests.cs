using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Quantization;

/// <summary>
/// The elements of each type that the hub counts in quantised checkpoints, from their configurations alone. The hub
/// counts no tensor without a dimension.
/// </summary>
public sealed class HubElementTests
{
    private const string Llama70 = "meta-llama--Llama-3.1-70B";

    /// <summary>
    /// A configuration that the tests carry, its quantization_config, and the elements by type. Sources: the stored
    /// answers of the hub's API for deepseek-ai/DeepSeek-R1, Qwen/Qwen3-32B-FP8, Qwen/Qwen2.5-7B-Instruct-AWQ, a Llama
    /// 3.3 70B in FP8-dynamic, and RedHatAI/Llama-3.3-70B-Instruct-quantized.w4a16, whose 6,225,920 numbers of groups
    /// and whose shapes in I64 huggingface.js names (parse-safetensors-metadata.spec.ts).
    /// </summary>
    public static TheoryData<string, string, string> Carried => new()
    {
        {
            "deepseek-ai--DeepSeek-V3",
            """{"quant_method": "fp8", "fmt": "e4m3", "activation_scheme": "dynamic", "weight_block_size": [128, 128]}""",
            "BF16 3918786560, F32 41555600, F8_E4M3 680571043840"
        },
        {
            "Qwen--Qwen2.5-7B",
            """{"quant_method": "awq", "bits": 4, "group_size": 128, "zero_point": true, "version": "gemm", "modules_to_not_convert": null}""",
            "F16 1141306880, I32 822033408"
        },
        {
            Llama70,
            """
            {"quant_method": "compressed-tensors", "format": "float-quantized", "ignore": ["lm_head"], "config_groups": {"group_0":
             {"targets": ["Linear"], "weights": {"num_bits": 8, "type": "float", "strategy": "channel", "symmetric": true},
              "input_activations": {"num_bits": 8, "type": "float", "dynamic": true, "strategy": "token"} } } }
            """,
            "BF16 2109382656, F8_E4M3 68451041280"
        },
        {
            Llama70,
            """
            {"quant_method": "compressed-tensors", "format": "pack-quantized", "ignore": ["lm_head"], "config_groups": {"group_0":
             {"targets": ["Linear"], "weights": {"num_bits": 4, "type": "int", "strategy": "group", "group_size": 128, "actorder": "group"} } } }
            """,
            "BF16 2637438976, I32 8562606080, I64 1120"
        },
    };

    [Theory]
    [MemberData(nameof(Carried))]
    public void The_hub_counts_the_same_elements(string name, string quantization, string elements)
    {
        var config = QuantizedConfigs.Carried(name).With(quantization);
        var isAwq = quantization.Contains("awq", StringComparison.Ordinal);

        var model = ModelReader.FromConfig(isAwq ? config.In("float16") : config.In("bfloat16"));

        Assert.Equal(elements, Elements(model));
    }

    // The hub's answers for deepseek-ai/DeepSeek-V4-Flash (F32 and I64 together 38,495,058), Qwen/Qwen3-30B-A3B-FP8 and
    // nvidia/Qwen3.6-35B-A3B-NVFP4, whose stacks of experts have a scalar each in its files: no F32 of these is counted.
    [SharedDataTheory("configs")]
    [InlineData(
        "deepseek-ai--DeepSeek-V4-Flash", "BF16 1415259264, F32 36168018, F8_E4M3 6023020544, F8_E8M0 8858737664, I64 2327040, I8 141733920768")]
    [InlineData("Qwen--Qwen3-30B-A3B-FP8", "BF16 636948480, F8_E4M3 29896998912")]
    [InlineData("nvidia--Qwen3.6-35B-A3B-NVFP4", "BF16 1825916784, F32 20480, F8_E4M3 3332177920, U8 16423321600")]
    public void The_hub_counts_the_same_elements_in_a_published_configuration(string name, string elements)
    {
        var model = ModelReader.FromConfig(File.ReadAllText(ReferenceData.Shared("configs", name + "_config.json")));

        Assert.Equal(elements, Elements(model));
    }

    [Fact]
    public void Qwen3_32B_in_FP8_rounds_its_scales()
    {
        // Qwen/Qwen3-32B-FP8: 1,558,406,144 elements of BF16, of which 1,904,640 are scales, and none of F32.
        const string Config = """
            {"model_type": "qwen3", "hidden_size": 5120, "num_hidden_layers": 64, "num_attention_heads": 64, "num_key_value_heads": 8,
             "head_dim": 128, "intermediate_size": 25600, "vocab_size": 151936, "tie_word_embeddings": false, "torch_dtype": "bfloat16",
             "quantization_config": {"quant_method": "fp8", "fmt": "e4m3", "activation_scheme": "dynamic", "weight_block_size": [128, 128],
                                     "modules_to_not_convert": ["lm_head"]}}
            """;

        var model = ModelReader.FromConfig(Config);

        Assert.Equal("BF16 1558406144, F8_E4M3 31205621760", Elements(model));
        Assert.Equal(34_322_434_048, model.WeightBytes);
        Assert.Empty(model.Assumptions);
    }

    [Fact]
    public void Qwen3_6_35B_in_FP8_has_its_published_bytes()
    {
        // Qwen/Qwen3.6-35B-A3B-FP8, of the dimensions of Qwen3.5-35B-A3B: 37,454,789,472 bytes in its headers. The list is
        // the rule behind the one of the checkpoint, which names each module.
        var config = QuantizedConfigs.Carried("Qwen--Qwen3.5-35B-A3B").With(
            """
            {"quant_method": "fp8", "activation_scheme": "dynamic", "weight_block_size": [128, 128], "modules_to_not_convert":
             ["lm_head", "model.visual", "re:.*linear_attn.in_proj_[ab]$", "re:.*shared_expert_gate$", "re:.*mlp.gate$", "mtp.fc"]}
            """);

        Assert.Equal(37_454_789_472, ModelReader.FromConfig(config.In("bfloat16")).WeightBytes);
    }

    [Fact]
    public void A_70B_Llama_in_AWQ_has_its_published_bytes()
    {
        // metadata.total_size of the index of a Llama 3.1 70B Instruct in AWQ: 39,767,785,472.
        var config = QuantizedConfigs.Carried(Llama70).With("""{"quant_method": "awq", "bits": 4, "group_size": 128, "version": "gemm"}""");

        Assert.Equal(39_767_785_472, ModelReader.FromConfig(config.In("float16")).WeightBytes);
    }

    [Fact]
    public void Double_quantisation_has_its_published_elements_but_for_a_byte_a_weight()
    {
        // unsloth/Llama-3.2-1B-Instruct-bnb-4bit: F32 89,856, BF16 262,735,872, U8 501,762,865. The texts about the 112
        // weights end in a number of as many digits as it needs.
        var config = QuantizedConfigs.Carried("meta-llama--Llama-3.2-1B").With(
            """{"quant_method": "bitsandbytes", "load_in_4bit": true, "bnb_4bit_quant_type": "nf4", "bnb_4bit_use_double_quant": true}""");

        var model = ModelReader.FromConfig(config.In("bfloat16"));
        var elements = ByType(model);

        Assert.Equal(89_856, elements["F32"]);
        Assert.Equal(262_735_872, elements["BF16"]);
        Assert.InRange(elements["U8"], 501_762_865 - 112, 501_762_865 + 112);
        Assert.Contains(model.Assumptions, text => text.Contains("how many digits", StringComparison.Ordinal));
    }

    private static string Elements(LlmModel model)
    {
        return string.Join(", ", ByType(model).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
    }

    private static Dictionary<string, long> ByType(LlmModel model)
    {
        return model.Tensors
            .Where(tensor => tensor.Shape.Count > 0)
            .GroupBy(tensor => tensor.DataType)
            .ToDictionary(
                tensors => tensors.Key,
                tensors => tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (product, length) => product * length) * tensor.Count));
    }
}
