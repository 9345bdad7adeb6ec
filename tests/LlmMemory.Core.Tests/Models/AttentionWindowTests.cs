using System.Linq;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Which layers of a dense decoder see a window only: each letter is a layer, S for a window and F for everything.</summary>
public sealed class AttentionWindowTests
{
    [Theory]
    [InlineData("llama", "\"sliding_window\": null", "FFFFFFFF")]
    [InlineData("mistral", "\"sliding_window\": 4096", "SSSSSSSS")]
    [InlineData("mistral", "\"sliding_window\": null", "FFFFFFFF")]
    [InlineData("phi3", "\"sliding_window\": 2047", "SSSSSSSS")]
    [InlineData("cohere2", "\"sliding_window\": 4096", "SSSFSSSF")]
    [InlineData("olmo3", "\"sliding_window\": 4096", "SSSFSSSF")]
    [InlineData("exaone4", "\"sliding_window\": 4096", "SSSFSSSF")]
    [InlineData("cohere2", "\"sliding_window\": 4096, \"sliding_window_pattern\": 2", "SFSFSFSF")]
    [InlineData("exaone4", "\"sliding_window\": 4096, \"sliding_window_pattern\": \"LLG\"", "SSFSSFSF")]
    [InlineData("exaone4", "\"sliding_window\": null, \"sliding_window_pattern\": \"LLLG\"", "FFFFFFFF")]
    [InlineData("qwen2", "\"sliding_window\": 4096, \"max_window_layers\": 6", "FFFFFFFF")]
    [InlineData("qwen2", "\"sliding_window\": 4096, \"max_window_layers\": 6, \"use_sliding_window\": false", "FFFFFFFF")]
    [InlineData("qwen2", "\"sliding_window\": 4096, \"max_window_layers\": 6, \"use_sliding_window\": true", "FFFFFFSS")]
    [InlineData(
        "ministral",
        "\"sliding_window\": 32768, \"layer_types\": [\"full_attention\", \"sliding_attention\", \"sliding_attention\", \"sliding_attention\", \"full_attention\", \"sliding_attention\", \"sliding_attention\", \"sliding_attention\"]",
        "FSSSFSSS")]
    public void Each_layer_knows_its_window(string modelType, string fields, string expected)
    {
        var model = ModelReader.FromConfig(
            $$"""
            {"model_type": "{{modelType}}", "hidden_size": 64, "num_hidden_layers": 8, "num_attention_heads": 4,
             "intermediate_size": 96, "vocab_size": 10, {{fields}}}
            """);

        var letters = model.Architecture!.Layers.Select(layer => layer.Mixers.Single().Kind == "SlidingWindow" ? 'S' : 'F');
        Assert.Equal(expected, string.Concat(letters));
    }
}
