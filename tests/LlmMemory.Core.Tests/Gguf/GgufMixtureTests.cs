using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Quantization.Gguf;
using Xunit;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>Mixtures against what llama-quantize itself says, and against what its authors published.</summary>
public sealed class GgufMixtureTests
{
    private const string Llama31 =
        """
        {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
         "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256, "torch_dtype": "bfloat16",
         "tie_word_embeddings": false, "max_position_embeddings": 131072,
         "rope_scaling": {"rope_type": "llama3", "factor": 8.0}}
        """;

    // ggml-org/llama.cpp, tools/quantize/README.md: Llama-3.1-8B.
    [Theory]
    [InlineData("IQ1_S", 2.0042)]
    [InlineData("IQ1_M", 2.1460)]
    [InlineData("IQ2_XXS", 2.3824)]
    [InlineData("IQ2_XS", 2.5882)]
    [InlineData("IQ2_S", 2.7403)]
    [InlineData("IQ2_M", 2.9294)]
    [InlineData("IQ3_XXS", 3.2548)]
    [InlineData("IQ3_XS", 3.4977)]
    [InlineData("IQ3_S", 3.6606)]
    [InlineData("IQ3_M", 3.7628)]
    [InlineData("IQ4_XS", 4.4597)]
    [InlineData("IQ4_NL", 4.6818)]
    [InlineData("Q2_K_S", 2.9697)]
    [InlineData("Q2_K", 3.1593)]
    [InlineData("Q3_K_S", 3.6429)]
    [InlineData("Q3_K_M", 3.9960)]
    [InlineData("Q3_K_L", 4.2979)]
    [InlineData("Q4_K_S", 4.6672)]
    [InlineData("Q4_K_M", 4.8944)]
    [InlineData("Q5_K_S", 5.5704)]
    [InlineData("Q5_K_M", 5.7036)]
    [InlineData("Q6_K", 6.5633)]
    [InlineData("Q8_0", 8.5008)]
    [InlineData("GGUF-F16", 16.0005)]
    public void Bits_per_weight_of_Llama_3_1_8B_are_the_published_ones(string mixture, double bits)
    {
        var model = Scheme(mixture).Quantize(ModelReader.FromConfig(Llama31));

        Assert.Equal(8_030_261_248, model.Parameters);
        Assert.Equal(bits, Math.Round(model.BitsPerWeight!.Value, 4));
        Assert.Equal(mixture, model.Quantization);
    }

    [SharedDataFact("gguf")]
    public void Every_tensor_gets_the_type_that_llama_quantize_gives_it()
    {
        var rows = File.ReadLines(ReferenceData.Carried("gguf", "llama-quantize.csv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Skip(1)
            .Select(line => line.Split(','))
            .GroupBy(row => row[0]);
        var compared = 0;
        foreach (var model in rows)
        {
            var source = ModelReader.FromGguf(new GgufSpec(model.Key + "-F16").File(), model.Key);
            foreach (var row in model)
            {
                var (bytes, digest) = Outcome(Scheme(row[1]), source);
                Assert.Equal((row[0], row[1], row[2], row[3]), (row[0], row[1], bytes, digest));
                compared++;
            }
        }

        // 25 models, each in 35 mixtures and again in the 4 that are others with an importance matrix.
        Assert.Equal(25 * 39, compared);
    }

    [Fact]
    public void A_file_whose_layers_are_not_known_is_refused()
    {
        // Latent attention without the widths of its heads.
        var file = new GgufBuilder()
            .Add("general.architecture", "deepseek2")
            .Add("deepseek2.block_count", 1u)
            .Add("deepseek2.embedding_length", 32u)
            .Add("deepseek2.attention.head_count", 1u)
            .Tensor("blk.0.attn_kv_a_mqa.weight", 0, 128, 32)
            .File();
        var model = ModelReader.FromGguf(file, "file");

        Assert.Null(model.Layers);
        Assert.Equal(ErrorIds.GgufConversionUnknown, Assert.Throws<LlmMemoryException>(() => Scheme("Q4_K_M").Quantize(model)).ErrorId);
    }

    /// <summary>The same files as the measured table has: shared/data/llamacpp-buffers.csv, columns tensor_bytes.</summary>
    [SharedDataFact("llamacpp-buffers.csv")]
    public void Bytes_are_those_of_the_files_that_were_measured()
    {
        var rows = File.ReadLines(ReferenceData.Shared("llamacpp-buffers.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Select(row => (Model: row[5], Quantization: row[7], Bytes: row[10]))
            .Where(row => row.Quantization.Length > 0)
            .Distinct()
            .ToList();
        var compared = 0;
        foreach (var (name, quantization, bytes) in rows)
        {
            var scheme = GgufMixtures.All.FirstOrDefault(scheme => scheme.Name == quantization);
            if (scheme is null || !File.Exists(ReferenceData.Shared("gguf", name + "-F16.json")))
            {
                continue;
            }

            var model = scheme.Quantize(ModelReader.FromGguf(new GgufSpec(name + "-F16").File(), name));
            Assert.Equal((name, quantization, bytes), (name, quantization, model.WeightBytes.ToString(CultureInfo.InvariantCulture)));
            compared++;
        }

        Assert.True(compared > 40, $"only {compared} files were compared");
    }

    [Fact]
    public void A_model_whose_conversion_is_unknown_is_refused_by_name()
    {
        var model = ModelReader.FromConfig("""{"model_type": "mimo", "hidden_size": 64, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 1, "vocab_size": 10}""");

        var error = Assert.Throws<LlmMemoryException>(() => Scheme("Q4_K_M").Quantize(model));

        Assert.Equal(ErrorIds.GgufConversionUnknown, error.ErrorId);
        Assert.Equal("mimo", error.Value);
    }

    [Fact]
    public void The_names_are_those_of_llama_quantize_and_each_is_there_once()
    {
        // ggml-org/llama.cpp, tools/quantize/quantize.cpp, QUANT_OPTIONS, aliases and COPY aside.
        string[] options =
        [
            "Q1_0", "Q2_0", "Q4_0", "Q4_1", "MXFP4_MOE", "Q5_0", "Q5_1", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ2_M", "IQ1_S", "IQ1_M",
            "TQ1_0", "TQ2_0", "Q2_K", "Q2_K_S", "IQ3_XXS", "IQ3_S", "IQ3_M", "IQ3_XS", "Q3_K_S", "Q3_K_M", "Q3_K_L", "IQ4_NL",
            "IQ4_XS", "Q4_K_S", "Q4_K_M", "Q5_K_S", "Q5_K_M", "Q6_K", "Q8_0",
        ];

        Assert.Empty(options.Except(GgufMixtures.All.Select(scheme => scheme.Name)));
        Assert.Equal(GgufMixtures.All.Count, GgufMixtures.All.SelectMany(scheme => scheme.Aliases.Append(scheme.Name)).Distinct().Count() - 3);
        Assert.All(GgufMixtures.All, scheme => Assert.Null(scheme.DataType));
    }

    private static (string Bytes, string Digest) Outcome(QuantizationScheme scheme, LlmModel source)
    {
        try
        {
            var model = scheme.Quantize(source);
            var lines = model.Tensors
                .OrderBy(tensor => tensor.Name, StringComparer.Ordinal)
                .Select(tensor => $"{tensor.Name} {tensor.DataType}\n");
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines)));
            return (model.WeightBytes.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(digest)[..16]);
        }
        catch (LlmMemoryException error) when (error.ErrorId == ErrorIds.GgufConversionUnknown)
        {
            return (string.Empty, "refused");
        }
    }

    private static QuantizationScheme Scheme(string name)
    {
        return GgufMixtures.All.Single(scheme => scheme.Name == name);
    }
}
