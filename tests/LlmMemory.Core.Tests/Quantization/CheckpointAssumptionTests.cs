using System;
using System.Linq;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Quantization;

/// <summary>What no published file confirms stands in the model's assumptions.</summary>
public sealed class CheckpointAssumptionTests
{
    [Theory]
    [InlineData("""{"quant_method": "fp8", "weight_block_size": [128, 128]}""", "taken to be stored in F32")]
    [InlineData("""{"quant_method": "fbgemm_fp8"}""", "FBGEMM FP8")]
    [InlineData("""{"quant_method": "auto-round", "bits": 4}""", "AutoRound")]
    [InlineData("""{"quant_method": "aqlm"}""", "AQLM")]
    [InlineData("""{"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 4}}}""", "about 70 bytes")]
    [InlineData("""{"quant_method": "bitsandbytes", "load_in_8bit": true}""", "LLM.int8")]
    [InlineData("""{"quant_method": "torchao", "quant_type": "int8_weight_only"}""", "torchao")]
    [InlineData("""{"quant_method": "modelopt", "quant_algo": "fp8"}""", "names no modules")]
    [InlineData(
        """{"quant_method": "quark", "global_quant_config": {"weight": {"dtype": "int8", "qscheme": "per_tensor"}}}""", "Quark")]
    [InlineData(
        """{"quant_method": "compressed-tensors", "config_groups": {"g": {"weights": {"num_bits": 5, "type": "int"}}}}""", "without gaps")]
    public void What_is_taken_for_granted_is_said(string quantization, string part)
    {
        var model = ModelReader.FromConfig(QuantizedConfigs.Tiny.With(quantization));

        Assert.Contains(model.Assumptions, text => text.Contains(part, StringComparison.Ordinal));
        Assert.DoesNotContain(model.Assumptions, text => text.Contains("routers of the experts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"quant_method": "gptq", "bits": 4}""", false)]
    [InlineData("""{"quant_method": "bitsandbytes", "load_in_4bit": true}""", true)]
    [InlineData("""{"quant_method": "bitsandbytes", "load_in_4bit": true, "llm_int8_skip_modules": ["gate", "lm_head"]}""", false)]
    public void Routers_that_are_not_named_are_spoken_of(string quantization, bool isSaid)
    {
        var model = ModelReader.FromConfig(QuantizedConfigs.TinyMixture.With(quantization));

        Assert.Equal(isSaid, model.Assumptions.Any(text => text.Contains("routers of the experts", StringComparison.Ordinal)));
    }
}
