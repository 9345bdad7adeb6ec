using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization.Gguf;
using Xunit;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>Tensors of GPT-2 and Gemma that a conversion turns, joins, or leaves in full. Names: gguf-py, tensor_mapping.py.</summary>
public sealed class GgufDenseConversionTests
{
    [Fact]
    public void The_matrices_of_GPT_2_are_turned()
    {
        var model = Convert("""{"model_type": "gpt2", "n_embd": 1600, "n_layer": 1, "n_head": 25, "n_positions": 8, "vocab_size": 32}""");

        Assert.Equal([4800, 1600], Find(model, "blk.0.attn_qkv.weight").Shape);
        Assert.Equal([6400, 1600], Find(model, "blk.0.ffn_up.weight").Shape);
        Assert.Equal([1600, 6400], Find(model, "blk.0.ffn_down.weight").Shape);
        Assert.Equal([8, 1600], Find(model, "position_embd.weight").Shape);
    }

    [Fact]
    public void The_projections_of_Gemma_3n_lie_side_by_side_in_full()
    {
        var model = Convert(
            """
            {"model_type": "gemma3n_text", "hidden_size": 256, "num_hidden_layers": 2, "num_attention_heads": 4,
             "intermediate_size": 256, "vocab_size": 32, "vocab_size_per_layer_input": 32,
             "hidden_size_per_layer_input": 256, "altup_num_inputs": 4, "laurel_rank": 64}
            """);

        Assert.Equal([3, 256, 256], Find(model, "altup_proj.weight").Shape);
        Assert.Equal("F16", Find(model, "altup_unembd_proj.weight").DataType);
        Assert.Equal("F32", Find(model, "blk.1.altup_predict_coef.weight").DataType);
        Assert.Equal("F32", Find(model, "per_layer_proj_norm.weight").DataType);
    }

    [Fact]
    public void The_router_of_Gemma_4_is_in_full_and_its_experts_are_not()
    {
        var model = Convert(
            """
            {"model_type": "gemma4_text", "hidden_size": 256, "num_hidden_layers": 1, "num_attention_heads": 4,
             "intermediate_size": 256, "vocab_size": 32, "enable_moe_block": true, "num_experts": 4, "top_k_experts": 2,
             "moe_intermediate_size": 256}
            """);

        Assert.Equal("F32", Find(model, "blk.0.ffn_gate_inp.weight").DataType);
        Assert.Equal([4], Find(model, "blk.0.ffn_down_exps.scale").Shape);
        Assert.Equal([4, 512, 256], Find(model, "blk.0.ffn_gate_up_exps.weight").Shape);
        Assert.NotEqual("F16", Find(model, "blk.0.ffn_gate_up_exps.weight").DataType);
    }

    private static LlmModel Convert(string config)
    {
        return GgufMixtures.All.Single(scheme => scheme.Name == "Q4_K_M").Quantize(ModelReader.FromConfig(config));
    }

    private static ModelTensor Find(LlmModel model, string name)
    {
        return model.Tensors.Single(tensor => tensor.Name == name);
    }
}
