using System;
using System.Linq;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Core.Tests.Safetensors;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Fuzz;

/// <summary>
/// Names out of files stand in messages, and fuzzing showed what that may do: escape sequences reached the terminal,
/// and a long name made a message of its own length.
/// </summary>
public sealed class MessageTests
{
    [Fact]
    public void An_escape_sequence_in_a_configuration_is_written_out()
    {
        var error = Refused(() => ModelReader.FromConfig("""{"model_type": "\u001b[2Jlla\u202ema\n"}"""));

        Assert.Contains(@"'\u001B[2Jlla\u202Ema\u000A'", error.Message, StringComparison.Ordinal);
        Assert.Equal("\u001b[2Jlla\u202ema\n", error.Value);
    }

    [Fact]
    public void An_escape_sequence_in_a_safetensors_header_is_written_out()
    {
        var file = new SafetensorsBuilder().Raw("""
            "\u001b[2J":{"dtype":"X","shape":[],"data_offsets":[0,0]}
            """);

        Assert.Contains(@"'\u001B[2J'", Refused(() => ModelReader.FromSafetensors(file.ToStream(), "sample")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_escape_sequence_in_a_gguf_header_is_written_out()
    {
        var file = new GgufBuilder().Add("\u001b[2J", 1u).Add("\u001b[2J", 1u);

        Assert.Contains(@"'\u001B[2J'", Refused(() => ModelReader.FromGguf(file.File(), "sample")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_letter_is_written_out_and_a_whole_one_is_kept()
    {
        var message = new LlmMemoryException(ErrorIds.ModelUnknown, null, "\ud83d\ude00 \ud83d \ude00 é\u0301").Message;

        Assert.Equal("\ud83d\ude00 \\uD83D \\uDE00 é\u0301", message);
    }

    [Fact]
    public void A_letter_of_two_halves_is_not_cut()
    {
        var letters = string.Concat(Enumerable.Repeat("\ud83d\ude00", 40));

        var error = Refused(() => ModelReader.FromConfig($$"""{"model_type": "x{{letters}}"}"""));

        Assert.Contains("\ud83d\ude00...'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(@"\u", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"NAME": 1, "NAME": 2}""")]
    [InlineData("""{"model_type": "NAME"}""")]
    [InlineData("""{"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "quantization_config": {"quant_method": "compressed-tensors", "format": "pack-quantized", "config_groups": {"NAME": {"targets": ["Linear"], "weights": {"num_bits": "x"}}}}}""")]
    public void A_long_name_does_not_make_a_long_message(string json)
    {
        var error = Refused(() => ModelReader.FromConfig(json.Replace("NAME", new string('x', 100_000), StringComparison.Ordinal)));

        Assert.InRange(error.Message.Length, 20, 600);
    }

    [Fact]
    public void A_long_key_of_a_gguf_header_does_not_make_a_long_message()
    {
        var key = new string('\u0001', 1_000);

        Assert.InRange(Refused(() => ModelReader.FromGguf(new GgufBuilder().Raw(key, 99).File(), "sample")).Message.Length, 20, 600);
        Assert.InRange(Refused(() => ModelReader.FromGguf(new GgufBuilder().Add(key, 1u).Add(key, 1u).File(), "sample")).Message.Length, 20, 600);
    }

    [Fact]
    public void A_long_architecture_of_a_gguf_header_does_not_make_a_long_message()
    {
        var architecture = new string('\u0001', 500);
        var file = new GgufBuilder().Add("general.architecture", architecture).Add(architecture + ".block_count", "x")
            .Tensor("blk.0.attn_q.weight", 0, 16, 4);

        Assert.InRange(Refused(() => ModelReader.FromGguf(file.File(), "sample")).Message.Length, 20, 600);
    }

    private static LlmMemoryException Refused(Func<object> read)
    {
        return Assert.Throws<LlmMemoryException>(read);
    }
}
