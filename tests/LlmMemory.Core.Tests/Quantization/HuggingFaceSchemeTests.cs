using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Quantization.Gguf;
using LlmMemory.Sources.Catalogue;
using Xunit;

namespace LlmMemory.Core.Tests.Quantization;

/// <summary>What weights take in the formats of the hub.</summary>
public sealed class HuggingFaceSchemeTests
{
    [Theory]

    // The files of openai/gpt-oss-120b and -20b, to the byte.
    [InlineData("gpt-oss-120b-a5.1b", "MXFP4", 65_248_815_744)]
    [InlineData("gpt-oss-20b-a3.6b", "MXFP4", 13_761_264_768)]
    public void The_bytes_are_those_of_the_published_files(string model, string format, long bytes)
    {
        Assert.Equal(bytes, Stored(model, format).WeightBytes);
    }

    [Fact]
    public void DeepSeek_V3_has_a_scale_for_each_tile()
    {
        var model = Stored("deepseek-v3-671b-a37b", "FP8-Block");

        // 684,531,386,000 elements on the hub less 671,026,419,200 and 13,463,426,304 weights.
        Assert.Equal(41_540_496, model.Tensors.Where(tensor => tensor.Role == nameof(TensorRole.Scale)).Sum(tensor => tensor.Bytes / 4));
    }

    [Theory]
    [InlineData("NF4", 4.5)]
    [InlineData("NF4-DQ", 4.127)]
    [InlineData("AWQ", 4.15625)]
    [InlineData("W4A16", 4.125)]
    [InlineData("NVFP4", 4.5)]
    [InlineData("MXFP4", 4.25)]
    public void A_linear_layer_takes_the_bits_of_its_format(string format, double bits)
    {
        var layer = Stored("llama-3.1-8b", format).Tensors
            .Where(tensor => tensor.Name.StartsWith("model.layers.3.mlp.down_proj.", System.StringComparison.Ordinal))
            .ToList();

        Assert.Equal(4096 * 14336, layer.Sum(tensor => tensor.Parameters));
        Assert.Equal(bits, 8.0 * layer.Sum(tensor => tensor.Bytes) / (4096 * 14336), 3);
    }

    [Fact]
    public void Every_format_keeps_the_weights_of_every_kind_of_model()
    {
        string[] models = ["llama-3.1-8b", "mixtral-8x7b", "qwen3-next-80b-a3b", "gemma-3-4b", "bert-base-uncased"];
        var schemes = WeightFormats.All.Concat(WeightFormats.All.Further).OfType<QuantizationScheme>().Where(scheme => scheme is not GgufMixture).ToList();

        Assert.True(schemes.Count >= 20);
        foreach (var model in models.Select(Plain))
        {
            Assert.All(schemes, scheme => Assert.Equal(model.Parameters, scheme.Quantize(model).Parameters));
            Assert.All(schemes, scheme => Assert.Equal(model.ActiveParameters, scheme.Quantize(model).ActiveParameters));
        }
    }

    [Fact]
    public void What_is_quantised_is_not_quantised_again()
    {
        var error = Assert.Throws<LlmMemoryException>(() => WeightFormats.SchemeOf(WeightFormats.All.Find("NF4")).Quantize(Stored("llama-3.1-8b", "AWQ")));

        Assert.Equal(ErrorIds.ModelAlreadyQuantized, error.ErrorId);
    }

    [Fact]
    public void A_mixture_needs_a_model_and_a_plain_type_does_not()
    {
        var error = Assert.Throws<LlmMemoryException>(() => WeightFormats.DataTypeOf(WeightFormats.All.Find("Q4_K_M")));

        Assert.Equal(ErrorIds.DataTypeNeedsModel, error.ErrorId);
        Assert.Equal("Q4_0", WeightFormats.DataTypeOf(WeightFormats.All.Find("q4_0"))!.Name);
        Assert.Equal("NF4", WeightFormats.DataTypeOf(WeightFormats.All.Find("nf4"))!.Name);
    }

    private static LlmModel Plain(string name)
    {
        return ModelReader.FromCatalogue(ModelCatalogue.All.Find(name));
    }

    private static LlmModel Stored(string name, string format)
    {
        return WeightFormats.SchemeOf(WeightFormats.All.Find(format)).Quantize(Plain(name));
    }
}
