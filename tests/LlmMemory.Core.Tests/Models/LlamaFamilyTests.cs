using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Counts from configurations of the Llama family, to the last digit.</summary>
public sealed class LlamaFamilyTests
{
    [Fact]
    public void Llama_3_1_8B_has_the_published_total()
    {
        // meta-llama/Llama-3.1-8B, total of the hub's safetensors metadata.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
             "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256, "torch_dtype": "bfloat16",
             "tie_word_embeddings": false, "max_position_embeddings": 131072}
            """);

        Assert.Equal(8_030_261_248, model.Parameters);
        Assert.Equal(2 * 8_030_261_248, model.WeightBytes);
        Assert.Equal(131_072, model.ContextLength);
        Assert.Equal(291, model.Tensors.Count);
    }
}
