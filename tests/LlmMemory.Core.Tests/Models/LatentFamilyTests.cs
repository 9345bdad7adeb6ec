using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Models with latent attention: published totals, what works on one token, and what drafts further ones.</summary>
public sealed class LatentFamilyTests
{
    [Fact]
    public void MiniCPM3_is_dense_and_its_head_is_the_embedding()
    {
        // openbmb/MiniCPM3-4B. No total to the last digit is published; the card says 4B.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "minicpm3", "hidden_size": 2560, "num_hidden_layers": 62, "num_attention_heads": 40,
             "intermediate_size": 6400, "vocab_size": 73448, "q_lora_rank": 768, "kv_lora_rank": 256,
             "qk_nope_head_dim": 64, "qk_rope_head_dim": 32, "v_head_dim": 64}
            """);

        Assert.Equal(4_073_875_968, model.Parameters);
        Assert.Equal(4_073_875_968, model.ActiveParameters);
        Assert.All(model.Layers!, layer => Assert.Equal(288, Assert.IsType<LatentAttention>(layer.Mixers.Single()).CacheElements));
    }
}
