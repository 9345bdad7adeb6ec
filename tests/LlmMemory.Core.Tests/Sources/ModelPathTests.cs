using System;
using System.IO;
using LlmMemory.Core.Tests.Safetensors;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Sources;

/// <summary>What a path is, is found out: a folder of weights, of an adapter, of a configuration, or one of their files.</summary>
public sealed class ModelPathTests
{
    private const string Config = """
        {"model_type":"llama","hidden_size":64,"intermediate_size":128,"num_hidden_layers":1,"num_attention_heads":4,"vocab_size":100}
        """;

    private readonly SafetensorsBuilder _weights = new SafetensorsBuilder().Add("model.norm.weight", "BF16", 64);

    [Fact]
    public void A_folder_with_nothing_but_a_configuration_is_derived_from_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("config.json", Config);

        var model = ModelReader.FromPath(folder.Path);

        Assert.Equal((ModelSource.Config, Path.GetFileName(folder.Path)), (model.Source, model.Name));
        Assert.Equal(folder.Path, model.Location);
        Assert.Equal(path, ModelReader.FromPath(path).Location);
        Assert.Equal(Path.GetFileName(folder.Path), ModelReader.FromPath(path).Name);
    }

    [Fact]
    public void Any_configuration_will_do()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("my-model", ModelReader.FromPath(folder.Write("my-model.json", Config)).Name);
    }

    [Fact]
    public void Headers_are_preferred_to_GGUF_and_to_the_configuration()
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", Config);
        folder.Write("model.gguf", "not looked at");
        _weights.Save(folder.At("model.safetensors"));
        _weights.Save(folder.At("consolidated.safetensors"));

        var model = ModelReader.FromPath(folder.Path);

        Assert.Equal((ModelSource.Safetensors, 64), (model.Source, model.Parameters));
    }

    [Fact]
    public void A_file_of_another_name_is_a_model_of_that_name()
    {
        using var folder = new TemporaryFolder();
        _weights.Save(folder.At("my-merge.safetensors"));

        Assert.Equal("my-merge", ModelReader.FromSafetensors(folder.At("my-merge.safetensors")).Name);
        Assert.Equal(64, ModelReader.FromPath(folder.Path).Parameters);
    }

    [Fact]
    public void Of_several_GGUF_files_one_has_to_be_chosen()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a-Q4_K_M.gguf", "x");
        folder.Write("a-Q8_0.gguf", "x");
        folder.Write("mmproj-a.gguf", "x");

        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromPath(folder.Path));

        Assert.Equal(ErrorIds.ModelFormatUnknown, error.ErrorId);
        Assert.EndsWith(": a-Q4_K_M.gguf, a-Q8_0.gguf.", error.Message, StringComparison.Ordinal);
        File.Delete(folder.At("a-Q8_0.gguf"));
        Assert.Equal(ErrorIds.GgufInvalid, Assert.Throws<LlmMemoryException>(() => ModelReader.FromPath(folder.Path)).ErrorId);
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ErrorIds.ModelFormatUnknown, Refused(folder.Path));
        Assert.Equal(ErrorIds.ModelFormatUnknown, Refused(folder.Write("model.bin", "x")));
        Assert.Equal(ErrorIds.ModelFileNotFound, Refused(folder.At("nothing")));
        Assert.Equal(ErrorIds.ModelFileNotFound, Refused(folder.At("nothing.safetensors")));
        Assert.Equal(ErrorIds.ModelFileNotFound, Refused(folder.At("config.json")));
    }

    [Fact]
    public void An_adapter_is_read_for_what_it_is()
    {
        // Rank 16 between 64 and 32: 16 x 64 down, 32 x 16 up.
        using var folder = new TemporaryFolder();
        folder.Write(
            "adapter_config.json",
            """{"peft_type":"LORA","r":16,"target_modules":["q_proj","v_proj"],"base_model_name_or_path":"meta-llama/Llama-2-7b-hf"}""");
        new SafetensorsBuilder()
            .Add("base_model.model.model.layers.3.self_attn.q_proj.lora_A.weight", "F32", 16, 64)
            .Add("base_model.model.model.layers.3.self_attn.q_proj.lora_B.weight", "F32", 32, 16)
            .Save(folder.At("adapter_model.safetensors"));

        foreach (var path in new[] { folder.Path, folder.At("adapter_model.safetensors") })
        {
            var model = ModelReader.FromPath(path);
            Assert.Equal((ModelKind.Adapter, 1536, 6144), (model.Kind, model.Parameters, model.WeightBytes));
            Assert.Equal(("Adapter", "AdapterDown", 3), (model.Tensors[0].Part, model.Tensors[0].Role, model.Tensors[0].Layer));
            Assert.Equal("AdapterUp", model.Tensors[1].Role);
            Assert.Equal("LORA of rank 16 on q_proj, v_proj.", model.Assumptions[0]);
            Assert.Contains("meta-llama/Llama-2-7b-hf", model.Assumptions[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_unknown_architecture_that_the_user_names_is_an_error()
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", Config);
        _weights.Save(folder.At("model.safetensors"));

        var error = Assert.Throws<LlmMemoryException>(
            () => ModelReader.FromPath(folder.Path, new ModelReadingOptions { Architecture = "lama" }));

        Assert.Equal(ErrorIds.ArchitectureUnknown, error.ErrorId);
    }

    private static string Refused(string path)
    {
        return Assert.Throws<LlmMemoryException>(() => ModelReader.FromPath(path)).ErrorId;
    }
}
