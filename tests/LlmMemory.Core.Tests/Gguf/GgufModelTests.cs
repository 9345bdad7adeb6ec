using System;
using System.IO;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>What is read from GGUF files: tensors, roles, parts, layers.</summary>
public sealed class GgufModelTests
{
    [SharedDataFact("gguf")]
    public void Every_file_has_the_bytes_that_its_description_says()
    {
        var names = GgufSpec.Names().ToList();
        Assert.NotEmpty(names);
        foreach (var name in names)
        {
            var spec = new GgufSpec(name);
            var model = ModelReader.FromGguf(spec.File(tokens: 1000), name);
            Assert.Equal(
                spec.Tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.Bytes)),
                model.Tensors.Select(tensor => (tensor.Name, tensor.DataType, tensor.Bytes)));
            Assert.DoesNotContain(model.Tensors, tensor => tensor.Role == nameof(TensorRole.Extra));
        }
    }

    // Totals of the hub's safetensors metadata where there are any (shared/data/parameter-counts.csv and catalogue.json).
    [SharedDataTheory("gguf")]
    [InlineData("llama3.1-8b-Q4_K_M", 8_030_261_248)]
    [InlineData("llama3.1-70b-Q4_0", 70_553_706_496)]
    [InlineData("llama3.2-1b-Q8_0", 1_235_814_400)]
    [InlineData("mixtral-8x7b-Q2_K", 46_702_792_704)]
    [InlineData("qwen2.5-0.5b-Q4_K_M", 494_032_768)]
    [InlineData("qwen3-8b-Q6_K", 8_190_735_360)]
    [InlineData("qwen3-30b-a3b-Q4_K_M", 30_532_122_624)]
    [InlineData("gemma2-9b-Q4_K_M", 9_241_705_984)]
    [InlineData("gpt-oss-20b-MXFP4", 20_914_757_184)]
    [InlineData("deepseek-v2-lite-Q4_K_M", 15_706_484_224)]
    [InlineData("falcon-mamba-7b-Q4_K_M", 7_272_665_088)]
    public void Parameters_are_those_of_the_model_whatever_its_mixture(string name, long parameters)
    {
        Assert.Equal(parameters, ModelReader.FromGguf(new GgufSpec(name).File(), name).Parameters);
    }

    [SharedDataTheory("gguf")]
    [InlineData("mixtral-8x7b-Q4_K_M", 12_879_925_248)]
    [InlineData("qwen3-30b-a3b-F16", 3_353_032_704)]
    public void Experts_that_are_not_chosen_are_not_active(string name, long active)
    {
        Assert.Equal(active, ModelReader.FromGguf(new GgufSpec(name).File(), name).ActiveParameters);
    }

    // ggml-org/llama.cpp, src/models/*.cpp: of how many layers one sees everything; and what layers the hybrids have.
    [SharedDataTheory("gguf")]
    [InlineData("llama3.1-8b-F16", "Full x32")]
    [InlineData("gemma2-9b-F16", "SlidingWindow x21, Full x21")]
    [InlineData("gemma3-1b-F16", "SlidingWindow x22, Full x4")]
    [InlineData("command-r7b-F16", "SlidingWindow x24, Full x8")]
    [InlineData("gpt-oss-20b-F16", "SlidingWindow x12, Full x12")]
    [InlineData("llama-4-scout-F16", "Chunked x36, Full x12")]
    [InlineData("phi3-mini-4k-F16", "Full x32")]
    [InlineData("qwen3-next-80b-a3b-F16", "GatedDelta x36, Full x12")]
    [InlineData("granite-4.0-h-tiny-F16", "Mamba2 x36, Full x4")]
    [InlineData("falcon-h1-7b-F16", "Mamba2 x44, Full x44")]
    [InlineData("mamba-2.8b-F16", "Mamba x64")]
    [InlineData("deepseek-v2-lite-F16", "Latent x27")]
    public void Layers_have_their_kind_of_attention(string name, string kinds)
    {
        var model = ModelReader.FromGguf(new GgufSpec(name).File(), name);

        var groups = model.Layers!.SelectMany(layer => layer.Mixers).GroupBy(mixer => mixer.Kind).Select(group => $"{group.Key} x{group.Count()}");
        Assert.Equal(kinds, string.Join(", ", groups));
    }

    [Fact]
    public void Metadata_becomes_the_dimensions_of_each_layer()
    {
        var model = ModelReader.FromGguf(GgufSamples.Model().File(), "file");

        Assert.Equal("sample", model.Name);
        Assert.Equal(ModelSource.Gguf, model.Source);
        Assert.Equal(ModelKind.Model, model.Kind);
        Assert.Equal("llama", model.ModelType);
        Assert.Equal("Q4_K_M", model.Quantization);
        Assert.Equal("Q4_K", model.DataType);
        Assert.Equal(4096, model.ContextLength);
        var attention = model.Layers!.Select(layer => Assert.IsType<GroupedQueryAttention>(Assert.Single(layer.Mixers))).ToList();
        Assert.Equal([2, 4], attention.Select(layer => layer.KeyValueHeads));
        Assert.All(attention, layer => Assert.Equal((256, 4, 64), (layer.HiddenSize, layer.Heads, layer.HeadSize)));
        Assert.All(model.Layers!, layer => Assert.Equal(512, Assert.IsType<DenseMlp>(layer.FeedForward).IntermediateSize));
        Assert.True(model.Architecture!.TiesEmbeddings);
        Assert.Equal(5, model.Architecture.VocabularySize);
    }

    [SharedDataFact("gguf")]
    public void Latent_attention_has_the_dimensions_of_the_configuration()
    {
        // deepseek-ai/DeepSeek-V2-Lite, config.json: qk_nope_head_dim, qk_rope_head_dim, v_head_dim, kv_lora_rank.
        var model = ModelReader.FromGguf(new GgufSpec("deepseek-v2-lite-F16").File(), "file");

        Assert.All(model.Layers!, layer =>
        {
            var attention = Assert.IsType<LatentAttention>(Assert.Single(layer.Mixers));
            Assert.Equal((128, 64, 128, 512), (attention.QkNopeHeadSize, attention.QkRopeHeadSize, attention.ValueHeadSize, attention.KeyValueLoraRank));
            Assert.Equal((16, null, 576), (attention.Heads, attention.QueryLoraRank, attention.CacheElements));
        });
    }

    // What each layer has after its attention; deepseek-ai/DeepSeek-V2-Lite, Qwen/Qwen3-Next-80B-A3B, openai/gpt-oss-20b,
    // mistralai/Mixtral-8x7B, config.json: experts, those of a token, the widths of the routed and the shared ones.
    [SharedDataTheory("gguf")]
    [InlineData("deepseek-v2-lite-F16", "Dense x1, Experts x26", 64, 6, 1408, 2816)]
    [InlineData("qwen3-next-80b-a3b-F16", "Experts x48", 512, 10, 512, 512)]
    [InlineData("gpt-oss-20b-F16", "Experts x24", 32, 4, 2880, 0)]
    [InlineData("mixtral-8x7b-Q4_K_M", "Experts x32", 8, 2, 14336, 0)]
    public void Mixtures_of_experts_have_the_dimensions_of_the_configuration(
        string name, string kinds, int experts, int perToken, int width, int shared)
    {
        var networks = ModelReader.FromGguf(new GgufSpec(name).File(), name).Layers!.Select(layer => layer.FeedForward!).ToList();

        Assert.Equal(kinds, string.Join(", ", networks.GroupBy(network => network.Kind).Select(group => $"{group.Key} x{group.Count()}")));
        var expected = (experts, perToken, width, shared, true, (int?)null);
        Assert.All(networks.OfType<MixtureOfExperts>(), mixture => Assert.Equal(
            expected,
            (mixture.Experts, mixture.ExpertsPerToken, mixture.ExpertIntermediateSize, mixture.SharedIntermediateSize, mixture.IsGated, mixture.LatentSize)));
    }

    [Fact]
    public void A_file_without_an_architecture_is_refused()
    {
        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromGguf(new GgufBuilder().Add("general.name", "x").File(), "x"));

        Assert.Equal((ErrorIds.GgufMetadataInvalid, "general.architecture"), (error.ErrorId, error.Value));
    }

    [Fact]
    public void An_architecture_that_nobody_knows_still_has_its_tensors()
    {
        var file = new GgufBuilder().Add("general.architecture", "flux").Tensor("double_blocks.0.img_attn.qkv.weight", 8, 34, 32).File();

        var model = ModelReader.FromGguf(file, "flux1-dev");

        Assert.Equal((32, 34, "flux1-dev"), (model.Parameters, model.WeightBytes, model.Name));
        Assert.Null(model.Layers);
    }

    [Fact]
    public void A_LoRA_file_is_an_adapter()
    {
        var file = new GgufBuilder()
            .Add("general.architecture", "llama")
            .Add("general.type", "adapter")
            .Add("adapter.type", "lora")
            .Tensor("blk.0.attn_q.weight.lora_a", 0, 4 * 256 * 8, 256, 8)
            .Tensor("blk.0.attn_q.weight.lora_b", 0, 4 * 8 * 256, 8, 256)
            .File();

        var model = ModelReader.FromGguf(file, "adapter");

        Assert.Equal(ModelKind.Adapter, model.Kind);
        Assert.Equal(["AdapterDown", "AdapterUp"], model.Tensors.Select(tensor => tensor.Role));
        Assert.All(model.Tensors, tensor => Assert.Equal(("Adapter", 0), (tensor.Part, tensor.Layer)));
    }

    [Fact]
    public void An_mmproj_file_is_a_projector()
    {
        var file = new GgufBuilder()
            .Add("general.architecture", "clip")
            .Tensor("v.patch_embd.weight", 1, 2 * 14 * 14 * 3 * 8, 14, 14, 3, 8)
            .Tensor("v.blk.0.attn_q.weight", 1, 2 * 64, 8, 8)
            .Tensor("v.blk.0.ln1.weight", 0, 4 * 8, 8)
            .Tensor("a.blk.1.ffn_up.weight", 1, 2 * 64, 8, 8)
            .Tensor("mm.0.weight", 1, 2 * 64, 8, 8)
            .File();

        var model = ModelReader.FromGguf(file, "mmproj");

        Assert.Equal(ModelKind.Projector, model.Kind);
        Assert.Equal(
            ["Vision PatchEmbedding", "Vision AttentionQuery", "Vision Norm", "Audio MlpUp", "Projector Projection"],
            model.Tensors.Select(tensor => $"{tensor.Part} {tensor.Role}"));
        Assert.Equal((14 * 14 * 3 * 8) + 64 + 8 + 64, model.VisionParameters);
    }

    [Fact]
    public void Layers_that_draft_are_counted_apart()
    {
        var builder = GgufSamples.Metadata().Add("llama.nextn_predict_layers", 1);

        var model = ModelReader.FromGguf(GgufSamples.WithLayers(builder).File(), "drafts");

        Assert.Single(model.Layers!);
        Assert.Equal(model.Parameters - model.TextParameters, model.MtpParameters);
        Assert.True(model.MtpParameters > 0);
    }

    [Fact]
    public void A_file_on_disk_is_read_by_its_path()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("tiny.gguf");
        using (var file = File.Create(path))
        {
            var builder = GgufSamples.Model();
            file.Write(builder.Header());
            file.SetLength(builder.Header().Length + builder.DataLength);
        }

        var model = ModelReader.FromGguf(path);

        Assert.Equal(path, model.Location);
        Assert.Equal(20, model.Tensors.Count);
        Assert.Equal(ErrorIds.ModelFileNotFound, Assert.Throws<LlmMemoryException>(() => ModelReader.FromGguf(folder.At("none.gguf"))).ErrorId);
        Assert.Equal(ErrorIds.ModelFileUnreadable, Assert.Throws<LlmMemoryException>(() => ModelReader.FromGguf("a\0b")).ErrorId);
    }
}
