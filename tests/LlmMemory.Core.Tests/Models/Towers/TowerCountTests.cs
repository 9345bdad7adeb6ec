using System.Linq;
using System.Text.Json.Nodes;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models.Towers;

/// <summary>Towers and projectors of published models, to the last digit.</summary>
public sealed class TowerCountTests
{
    public static TheoryData<string> Models => [.. TowerCase.All.Select(tower => tower.Model)];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_towers_have_the_weights_that_the_published_total_leaves_for_them(string name)
    {
        var tower = TowerCase.Of(name);

        var model = ModelReader.FromConfig(tower.ToConfig().ToJsonString());

        Assert.Equal(tower.Vision, model.VisionParameters);
        Assert.Equal(tower.Audio, model.AudioParameters);
        Assert.Equal(model.TextParameters + tower.Vision + tower.Audio, model.Parameters);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Text_only_leaves_the_towers_out_and_nothing_else(string name)
    {
        var config = TowerCase.Of(name).ToConfig().ToJsonString();

        var whole = ModelReader.FromConfig(config);
        var text = ModelReader.FromConfig(config, new ModelReadingOptions { TextOnly = true });

        Assert.Equal(whole.TextParameters, text.Parameters);
        Assert.Empty(whole.Assumptions);
        Assert.Contains("without the towers", Assert.Single(text.Assumptions));
        Assert.Equal(
            whole.Tensors.Where(tensor => tensor.Part == "Text").Select(tensor => tensor.Name),
            text.Tensors.Select(tensor => tensor.Name));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_tensor_has_a_name_of_its_own(string name)
    {
        var model = ModelReader.FromConfig(TowerCase.Of(name).ToConfig().ToJsonString());

        Assert.Equal(model.Tensors.Count, model.Tensors.Select(tensor => tensor.Name).Distinct().Count());
    }

    [Fact]
    public void Bounds_of_clipped_layers_are_no_weights()
    {
        var tower = TowerCase.Of("google/gemma-4-E4B-it");

        var model = ModelReader.FromConfig(tower.ToConfig().ToJsonString());

        // Ten linear layers in each of twelve audio layers, four bounds each.
        var bounds = model.Tensors.Where(tensor => tensor.Role == "Buffer").ToList();
        Assert.Equal(12 * 10 * 4, bounds.Count);
        Assert.All(bounds, bound => Assert.Equal(0, bound.Parameters));
        Assert.Contains(bounds, bound => bound.Name == "model.audio_tower.layers.11.lconv1d.linear_end.output_max");
    }

    [Fact]
    public void VipLlava_reads_five_layers_side_by_side()
    {
        // VipLlavaMultiModalProjector, transformers/models/vipllava/modeling_vipllava.py: LayerNorm over five states of
        // the tower, 5120 to 4096, 4096 to 4096, with biases.
        const long Projector = (2 * 5120) + (5120 * 4096) + 4096 + (4096 * 4096) + 4096;
        var llava = TowerCase.Of("llava-hf/llama3-llava-next-8b-hf").ToConfig();
        llava["model_type"] = "vipllava";
        llava["vision_feature_layers"] = new JsonArray(-2, -5, -8, -11, 6);

        var model = ModelReader.FromConfig(llava.ToJsonString());

        Assert.Equal(303_507_456 + Projector, model.VisionParameters);
    }

    [Fact]
    public void Voxtral_reads_four_frames_at_once()
    {
        // VoxtralMultiModalProjector, transformers/models/voxtral/modeling_voxtral.py: 5120 to 3072, 3072 to 3072, no
        // biases, behind Whisper-large-v3's encoder.
        const string Config =
            """
            {"model_type": "voxtral", "audio_config": {"model_type": "voxtral_encoder"},
             "text_config": {"model_type": "llama", "hidden_size": 3072, "num_hidden_layers": 1, "num_attention_heads": 1,
              "intermediate_size": 1, "vocab_size": 1}}
            """;

        Assert.Equal(636_968_960 + (5120 * 3072) + (3072 * 3072), ModelReader.FromConfig(Config).AudioParameters);
    }
}
