using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>
/// Dense decoders beyond those of parameter-counts.csv. Data/dense.json has the dimensions of each, and the total of the
/// hub's metadata, or one found in a public file, where the checkpoint holds nothing but the model's weights.
/// </summary>
public sealed class DenseCountTests
{
    private static readonly JsonArray Models = JsonNode.Parse(File.ReadAllText(ReferenceData.Carried("dense.json")))!.AsArray();

    public static TheoryData<string> Names => [.. Models.Select(model => (string)model!["model"]!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_the_published_total(string name)
    {
        var published = Models.Single(model => (string)model!["model"]! == name)!;

        var model = ModelReader.FromConfig(published["config"]!.ToJsonString());

        Assert.Equal((long)published["total"]!, model.Parameters);
        Assert.Equal(model.TextParameters, model.ActiveParameters);
        Assert.Equal(model.Tensors.Count, model.Tensors.Select(tensor => tensor.Name).Distinct().Count());
    }

    [Fact]
    public void MiMo_drafts_with_a_layer_of_its_own()
    {
        var published = Models.Single(model => (string)model!["model"]! == "XiaomiMiMo/MiMo-7B-Base")!;

        var model = ModelReader.FromConfig(published["config"]!.ToJsonString());

        Assert.Equal(210_790_400, model.MtpParameters);
        Assert.Contains(model.Tensors, tensor => tensor.Name == "model.mtp_layers.0.input_proj.weight");
    }

    [SharedDataFact("configs", "nvidia--Llama-3_3-Nemotron-Super-49B-v1_config.json")]
    public void Nemotron_Super_leaves_attention_out_of_some_layers()
    {
        var config = File.ReadAllText(ReferenceData.Shared("configs", "nvidia--Llama-3_3-Nemotron-Super-49B-v1_config.json"));

        var model = ModelReader.FromConfig(config);

        // Total of the hub's metadata.
        Assert.Equal(49_867_145_216, model.Parameters);
        Assert.Equal(49, model.Architecture!.Layers.Count(layer => layer.Mixers.Any()));
        Assert.Equal(80, model.Architecture.Layers.Count);
    }

    [Fact]
    public void Llama_3_2_Vision_has_cross_attention_between_its_layers_and_rows_for_the_image()
    {
        // meta-llama/Llama-3.2-11B-Vision: 10,670,220,835 of the hub's metadata, less 895,028,755 of its towers.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "mllama_text_model", "hidden_size": 4096, "num_hidden_layers": 40, "num_attention_heads": 32,
             "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256, "tie_word_embeddings": false,
             "cross_attention_layers": [3, 8, 13, 18, 23, 28, 33, 38]}
            """);

        Assert.Equal(10_670_220_835 - 895_028_755, model.Parameters);
        Assert.Equal(8, model.Architecture!.Layers.Count(layer => layer.Mixers.Single().Kind == "Cross"));
        Assert.Equal([128_264, 4096], model.Tensors.Single(tensor => tensor.Name == "model.embed_tokens.weight").Shape);
        Assert.Equal([128_256, 4096], model.Tensors.Single(tensor => tensor.Name == "lm_head.weight").Shape);
    }
}
