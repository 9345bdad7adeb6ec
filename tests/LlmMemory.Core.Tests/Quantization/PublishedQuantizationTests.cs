using System;
using System.IO;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Quantization;

/// <summary>Quantised checkpoints whose elements or bytes are published, from their configurations alone.</summary>
public sealed class PublishedQuantizationTests
{
    [Fact]
    public void DeepSeek_V3_has_41540496_block_scales_with_its_drafting_module()
    {
        // deepseek-ai/DeepSeek-V3: 684,531,386,000 elements in the hub's safetensors metadata, F32 scales included.
        var model = ModelReader.FromConfig(QuantizedConfigs.Carried("deepseek-ai--DeepSeek-V3"));

        Assert.Equal(671_026_419_200, model.TextParameters);
        Assert.Equal(13_463_426_304, model.MtpParameters);
        Assert.Equal(41_540_496, Scales(model));
        Assert.Equal(684_531_386_000, model.Tensors.Sum(tensor => Elements(tensor)));
        Assert.Equal("FP8-Block", model.Quantization);
        Assert.Equal("FP8", model.DataType);
    }

    [Fact]
    public void Gpt_oss_has_its_published_bytes()
    {
        // openai/gpt-oss-120b and -20b: sums of the published files' tensors.
        var large = ModelReader.FromConfig(QuantizedConfigs.Carried("openai--gpt-oss-120b"));
        var small = ModelReader.FromConfig(QuantizedConfigs.Carried("openai--gpt-oss-120b")
            .Replace("\"num_hidden_layers\": 36", "\"num_hidden_layers\": 24", StringComparison.Ordinal)
            .Replace("\"num_local_experts\": 128", "\"num_local_experts\": 32", StringComparison.Ordinal));

        Assert.Equal(116_829_156_672, large.Parameters);
        Assert.Equal(65_248_815_744, large.WeightBytes);
        Assert.Equal(13_761_264_768, small.WeightBytes);
        Assert.Equal("MXFP4", large.DataType);
    }

    [SharedDataFact("configs", "MiniMaxAI--MiniMax-M2.5_config.json")]
    public void MiniMax_M2_has_its_published_bytes()
    {
        // MiniMaxAI/MiniMax-M2, built like M2.5: FP8 in blocks, its router in F32.
        var model = ModelReader.FromPath(ReferenceData.Shared("configs", "MiniMaxAI--MiniMax-M2.5_config.json"));

        Assert.Equal(230_121_630_720, model.WeightBytes);
    }

    [SharedDataFact("configs", "moonshotai--Kimi-K2.5_config.json")]
    public void Kimi_K2_5_has_the_scales_and_shapes_of_its_published_total()
    {
        // moonshotai/Kimi-K2.5: 1,058,589,420,528 on the hub, which counts 32-bit words eightfold: 4-bit codes and shapes.
        var model = ModelReader.FromPath(ReferenceData.Shared("configs", "moonshotai--Kimi-K2.5_config.json"));

        var scales = model.Tensors.Where(tensor => Ends(tensor, "weight_scale")).Sum(Elements);
        var shapes = model.Tensors.Where(tensor => Ends(tensor, "weight_shape")).Sum(Elements);

        Assert.Equal(1_058_589_420_528, model.Parameters + scales + (8 * shapes));
    }

    [Fact]
    public void Nemotron_3_Nano_has_5968_scaled_weights()
    {
        // nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-FP8: 31,577,946,256 elements, 5,968 more than the weights. Attention and
        // the recurrent layer before each stay in BF16, as in the hf_quant_config.json of its NVFP4 sibling. The hub counts
        // no tensor without a dimension (huggingface.js, parse-safetensors-metadata.ts), so of the two numbers beside each
        // weight it counts one: the other is a scalar. nvidia/Llama-3.1-8B-Instruct-FP8 has both.
        var layers = "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME";
        var kept = Enumerable.Range(0, layers.Length)
            .Where(index => layers[index] == '*' || (index + 1 < layers.Length && layers[index + 1] == '*'))
            .Select(index => $"\"backbone.layers.{index}.mixer.*\"");
        var config = QuantizedConfigs.Carried("nvidia--NVIDIA-Nemotron-3-Nano-30B-A3B")
            .With($$"""{"quant_method": "modelopt", "quant_algo": "FP8", "exclude_modules": ["lm_head", {{string.Join(",", kept)}}]}""");

        var model = ModelReader.FromConfig(config);

        Assert.Equal(31_577_940_288, model.Parameters);
        Assert.Equal(5_968, model.Tensors.Where(tensor => Ends(tensor, "weight_scale")).Sum(Elements));
        Assert.Equal(5_968, model.Tensors.Where(tensor => Ends(tensor, "input_scale")).Sum(Elements));
    }

    [Fact]
    public void What_ModelOpt_measures_of_keys_and_values_lies_beside_their_projections()
    {
        // nvidia/Llama-3.1-8B-Instruct-NVFP4: 512 tensors of F32, two for each of 224 weights and two for each of 32 layers.
        var model = ModelReader.FromConfig(QuantizedConfigs.Llama31.With(
            """{"quant_method": "modelopt", "quant_algo": "NVFP4", "kv_cache_quant_algo": "FP8", "exclude_modules": ["lm_head"]}"""));

        Assert.Equal(512, model.Tensors.Count(tensor => tensor.DataType == "F32"));
        Assert.Equal(224, model.Tensors.Count(tensor => tensor.DataType == "U8"));
        Assert.Contains(model.Tensors, tensor => tensor.Name == "model.layers.31.self_attn.v_proj.v_scale");
    }

    [SharedDataFact("configs")]
    public void Every_published_configuration_is_read_or_refused_by_name()
    {
        var read = 0;
        foreach (var path in Directory.EnumerateFiles(ReferenceData.Shared("configs"), "*_config.json"))
        {
            if (path.EndsWith("hf_quant_config.json", StringComparison.Ordinal))
            {
                continue;
            }

            read += IsRead(path) ? 1 : 0;
        }

        Assert.InRange(read, 20, int.MaxValue);
    }

    [SharedDataFact("configs")]
    public void A_separate_quantisation_file_counts_beside_a_configuration_without_one()
    {
        using var folder = new TemporaryFolder();
        Copy(folder, "nvidia--NVIDIA-Nemotron-3-Nano-30B-A3B-NVFP4");

        var model = ModelReader.FromPath(folder.Path);

        Assert.Equal("NVFP4", model.Quantization);
        Assert.Equal("FP8", model.KvCacheDataType);
        Assert.Equal(31_577_940_288, model.Parameters);
        Assert.Equal("BF16", model.Tensors.First(tensor => tensor.Name == "backbone.layers.5.mixer.q_proj.weight").DataType);
        Assert.Equal("U8", model.Tensors.First(tensor => tensor.Name == "backbone.layers.0.mixer.in_proj.weight").DataType);
    }

    [SharedDataFact("configs", "nvidia--NVIDIA-Nemotron-3-Nano-30B-A3B-NVFP4_config.json")]
    public void A_separate_quantisation_file_counts_beside_weights_too()
    {
        using var folder = new TemporaryFolder();
        Copy(folder, "nvidia--NVIDIA-Nemotron-3-Nano-30B-A3B-NVFP4");
        new Safetensors.SafetensorsBuilder().Add("lm_head.weight", "BF16", 8, 8).Save(Path.Combine(folder.Path, "model.safetensors"));

        Assert.Equal("FP8", ModelReader.FromPath(folder.Path).KvCacheDataType);
    }

    private static void Copy(TemporaryFolder folder, string name)
    {
        foreach (var file in new[] { "config.json", "hf_quant_config.json" })
        {
            File.Copy(ReferenceData.Shared("configs", $"{name}_{file}"), Path.Combine(folder.Path, file));
        }
    }

    private static bool IsRead(string path)
    {
        try
        {
            var model = ModelReader.FromConfig(File.ReadAllText(path));
            return model.Parameters > 0 && model.WeightBytes > 0;
        }
        catch (LlmMemoryException refusal)
        {
            Assert.InRange(refusal.Message.Length, 20, 2_000);
            return false;
        }
    }

    private static long Scales(LlmModel model)
    {
        return model.Tensors.Where(tensor => tensor.Role == nameof(TensorRole.Scale)).Sum(Elements);
    }

    private static long Elements(ModelTensor tensor)
    {
        return tensor.Shape.Aggregate(1L, (product, length) => product * length) * tensor.Count;
    }

    private static bool Ends(ModelTensor tensor, string ending)
    {
        return tensor.Name.EndsWith("." + ending, StringComparison.Ordinal);
    }
}
