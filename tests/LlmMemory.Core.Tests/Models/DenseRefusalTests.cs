using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Configurations of dense decoders that say too little, or what cannot be.</summary>
public sealed class DenseRefusalTests
{
    private const string Dimensions = "\"hidden_size\": 64, \"num_hidden_layers\": 2, \"vocab_size\": 10";

    private const string Heads = "\"num_attention_heads\": 4";

    private const string Width = "\"intermediate_size\": 96";

    [Theory]
    [InlineData("llama", Heads, "intermediate_size")]
    [InlineData("llama", Width, "num_attention_heads")]
    [InlineData("qwen", Heads, "intermediate_size")]
    [InlineData("chatglm", Width, "num_attention_heads")]
    [InlineData("nemotron-nas", Heads, "block_configs")]
    [InlineData("nemotron-nas", "\"block_configs\": [{}, {}]", "num_attention_heads")]
    [InlineData("nemotron-nas", Heads + ", \"block_configs\": [{}, {}]", "attention")]
    [InlineData("nemotron-nas", Heads + ", \"block_configs\": [{\"attention\": {\"no_op\": true}, \"ffn\": {}}, {}]", "ffn_mult")]
    [InlineData("nemotron-nas", Heads + ", \"block_configs\": [{\"attention\": {}, \"ffn\": {\"no_op\": true}}, {}]", "n_heads_in_group")]
    [InlineData("mllama_text_model", Heads + ", " + Width, "cross_attention_layers")]
    public void What_is_missing_is_named(string modelType, string fields, string missing)
    {
        var error = Refused(modelType, fields);

        Assert.Equal(ErrorIds.ConfigFieldMissing, error.ErrorId);
        Assert.Equal(missing, error.Value);
    }

    [Theory]
    [InlineData("mllama_text_model", Heads + ", " + Width + ", \"cross_attention_layers\": [2]", "cross_attention_layers")]
    [InlineData("mistral", Heads + ", " + Width + ", \"sliding_window\": 8, \"layer_types\": [\"sliding_attention\"]", "layer_types")]
    [InlineData("exaone4", Heads + ", " + Width + ", \"sliding_window\": 8, \"sliding_window_pattern\": \"\"", "sliding_window_pattern")]
    [InlineData("nemotron-nas", Heads + ", \"block_configs\": [{}]", "block_configs")]
    [InlineData("nemotron-nas", Heads + ", \"block_configs\": [{\"attention\": {\"no_op\": true}, \"ffn\": {\"ffn_mult\": 1e300}}, {}]", "ffn_mult")]
    [InlineData("nemotron-nas", Heads + ", \"block_configs\": [{\"attention\": {\"no_op\": true}, \"ffn\": {\"ffn_mult\": -1}}, {}]", "ffn_mult")]
    [InlineData("mimo", Heads + ", " + Width + ", \"num_nextn_predict_layers\": 5000", "num_nextn_predict_layers")]
    public void What_cannot_be_is_named(string modelType, string fields, string wrong)
    {
        var error = Refused(modelType, fields);

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
        Assert.Contains(wrong, error.Message);
    }

    private static LlmMemoryException Refused(string modelType, string fields)
    {
        return Assert.Throws<LlmMemoryException>(
            () => ModelReader.FromConfig($$"""{"model_type": "{{modelType}}", {{Dimensions}}, {{fields}}}"""));
    }
}
