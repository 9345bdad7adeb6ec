using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Core.Tests.Quantization;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Quantization.Gguf;
using LlmMemory.Sources.Catalogue;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>The same model has the same count, read from its configuration, its safetensors headers or its GGUF file.</summary>
public sealed class SameModelTests
{
    // The converter cuts the 64 rows of Gemma 3's embedding that no token has: 262,208 less 262,144, 2,560 wide.
    private const long UnusedRows = 64 * 2560;

    public static TheoryData<string> Configurations => [.. Names];

    private static IEnumerable<string> Names =>
        [.. Directory.EnumerateFiles(ReferenceData.Carried("configs"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Files that tools wrote, and the model in the catalogue: their counts come from different sources.</summary>
    public static TheoryData<string, string> Files => new()
    {
        { "command-r7b", "command-r7b" }, { "deepseek-v2-lite", "deepseek-v2-lite-16b" }, { "gemma2-9b", "gemma-2-9b" },
        { "gemma3-1b", "gemma-3-1b" }, { "gemma3-4b", "gemma-3-4b" }, { "gpt-oss-20b", "gpt-oss-20b-a3.6b" },
        { "granite-4.0-h-tiny", "granite-4.0-h-tiny-7b-a1b" }, { "llama-4-scout", "llama-4-scout-17b-16e" }, { "llama2-7b", "llama-2-7b" },
        { "llama3.1-70b", "llama-3.1-70b" }, { "llama3.1-8b", "llama-3.1-8b" }, { "llama3.2-1b", "llama-3.2-1b" },
        { "mistral-7b-v0.3", "mistral-7b-v0.3" }, { "mixtral-8x7b", "mixtral-8x7b" }, { "phi3-mini-4k", "phi-3-mini-4k" },
        { "qwen2.5-0.5b", "qwen2.5-0.5b" }, { "qwen2.5-7b", "qwen2.5-7b" }, { "qwen3-30b-a3b", "qwen3-30b-a3b" },
        { "qwen3-4b", "qwen3-4b" }, { "qwen3-8b", "qwen3-8b" }, { "qwen3-next-80b-a3b", "qwen3-next-80b-a3b" },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Headers_have_the_count_of_the_configuration(string name)
    {
        var (config, derived) = Read(name);

        var read = CheckpointFolder.ReadBack(derived, config);

        Assert.Equal(ModelSource.Safetensors, read.Source);
        Assert.Equal(Counts(derived), Counts(read));
        Assert.Equal(derived.WeightBytes, read.WeightBytes);
    }

    [Fact]
    public void Converted_files_have_the_count_of_the_configuration()
    {
        var scheme = GgufMixtures.All.Single(scheme => scheme.Name == "GGUF-F16");
        var converted = Names.Select(name => Converted(scheme, Read(name).Model)).OfType<LlmModel>().ToList();

        // Some have no known conversion, and the packed experts of gpt-oss are not converted.
        Assert.InRange(converted.Count, 35, 46);
        Assert.All(converted, model => Assert.Equal(
            (model.Parameters, model.WeightBytes), Figures(ModelReader.FromGguf(GgufFile.Of(model), model.Name))));
    }

    [SharedDataTheory("gguf")]
    [MemberData(nameof(Files))]
    public void Every_file_of_a_model_has_the_count_of_its_configuration(string file, string name)
    {
        var text = ModelReader.FromCatalogue(ModelCatalogue.All.Find(name)).TextParameters - (file == "gemma3-4b" ? UnusedRows : 0);
        var files = GgufSpec.Names().Where(spec => spec.StartsWith(file + "-", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, spec => Assert.Equal(text, ModelReader.FromGguf(new GgufSpec(spec).File(), spec).TextParameters));
    }

    // The reduced configurations of some mixtures leave out how many experts a token passes, and of Llama 4 the tower.
    private static (string Config, LlmModel Model) Read(string name)
    {
        var config = JsonNode.Parse(QuantizedConfigs.Carried(name))!.AsObject();
        config.TryAdd("num_experts_per_tok", 1);
        if (config["model_type"]!.GetValue<string>() == "llama4")
        {
            config["model_type"] = "llama4_text";
        }

        return (config.ToJsonString(), ModelReader.FromConfig(config.ToJsonString()));
    }

    private static LlmModel? Converted(QuantizationScheme scheme, LlmModel model)
    {
        try
        {
            var converted = scheme.Quantize(model);
            Assert.Equal(model.TextParameters, converted.TextParameters);
            return converted;
        }
        catch (LlmMemoryException error) when (error.ErrorId is ErrorIds.GgufConversionUnknown or ErrorIds.ModelAlreadyQuantized)
        {
            return null;
        }
    }

    private static (long Parameters, long Bytes) Figures(LlmModel model)
    {
        return (model.Parameters, model.WeightBytes);
    }

    private static IEnumerable<long> Counts(LlmModel model)
    {
        return [model.Parameters, model.TextParameters, model.VisionParameters, model.AudioParameters, model.MtpParameters, model.ActiveParameters];
    }
}
