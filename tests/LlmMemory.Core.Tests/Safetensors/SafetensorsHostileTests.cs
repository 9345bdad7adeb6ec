using System;
using System.Linq;
using System.Text;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Safetensors;

/// <summary>Files that are damaged, or made to hurt: each is refused with the byte at which it goes wrong.</summary>
public sealed class SafetensorsHostileTests
{
    private const string Good = "\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]";

    [Fact]
    public void A_file_cut_off_at_any_byte_is_refused()
    {
        var whole = Sample().Header();
        for (var length = 0; length < whole.Length + Sample().DataLength; length++)
        {
            var error = Refused(new HoleStream(whole, length));
            Assert.InRange(error.Offset!.Value, 0, whole.Length);
        }
    }

    [Fact]
    public void A_byte_too_many_is_refused_where_it_stands()
    {
        var header = Sample().Header();
        var error = Refused(new HoleStream(header, header.Length + Sample().DataLength + 1));
        Assert.Equal(header.Length + Sample().DataLength, error.Offset);
        Assert.Contains("1 bytes follow", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(100_000_001UL)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void A_header_of_that_length_is_not_believed(ulong claimed)
    {
        byte[] bytes = [.. BitConverter.GetBytes(claimed), (byte)'{', (byte)'}'];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Refused(new HoleStream(bytes, 5_000_000_000));
        Assert.InRange(error.Offset!.Value, 0, 8);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_header_longer_than_its_file_is_refused_before_it_is_allocated()
    {
        byte[] bytes = [.. BitConverter.GetBytes(99_000_000UL), (byte)'{'];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(0, Refused(new HoleStream(bytes, 50_000_000)).Offset);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("[]", 8, "brace")]
    [InlineData(" {}", 8, "brace")]
    [InlineData("{\"a\":1}", 8, "an object")]
    [InlineData("{\"a\":{" + Good + "},\"a\":{" + Good + "}}", 8, "a second time")]
    [InlineData("{\"\":{" + Good + "}}", 8, "letters")]
    [InlineData("{\"a\":{" + Good + ",\"dtype\":\"F32\"}}", 8, "its dtype twice")]
    [InlineData("{\"a\":{" + Good + "}}x", 8, "something follows")]
    [InlineData("{\"__metadata__\":{\"format\":1},\"a\":{" + Good + "}}", 8, "a text in quotation marks")]
    [InlineData("{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "needs a dtype")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", 8, "needs a dtype")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "needs a dtype")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}", 8, "two numbers")]
    [InlineData("{\"a\":{\"dtype\":\"Q4_K\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "none is known by that name")]
    [InlineData("{\"a\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "quotation marks")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "whole numbers from 0 up")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}", 8, "whole numbers from 0 up")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8, "before it starts")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}", 8, "whole numbers from 0 up")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8, "which is 12 bytes")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "leaves a hole")]
    [InlineData("{\"a\":{" + Good + "},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "overlaps")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}", 8, "the file has 8 bytes of data")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}", 8, "more bytes than 64 bits")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,8]}}", 8, "whole numbers from 0 up")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}}", 8, "up to 16")]
    public void A_header_that_breaks_the_format_is_refused(string json, long data, string reason)
    {
        var header = SafetensorsBuilder.WithLength(json);
        var error = Refused(new HoleStream(header, header.Length + data));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Offset!.Value, 8, header.Length);
    }

    [Fact]
    public void The_offset_is_that_of_the_tensor_which_is_wrong()
    {
        var header = new SafetensorsBuilder().Add("a", "F32", 2)
            .Raw("\"wrong\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,15]}").Header();
        var place = Encoding.UTF8.GetString(header, 8, header.Length - 8).IndexOf("\"wrong\"", StringComparison.Ordinal);
        Assert.Equal(8 + place, Refused(new HoleStream(header, header.Length + 16)).Offset);
    }

    [Fact]
    public void Text_that_is_no_UTF8_is_refused()
    {
        var header = SafetensorsBuilder.WithLength("{\"a\":{" + Good + "}}");
        header[10] = 0xFF;
        Assert.Contains("UTF-8", Refused(new HoleStream(header, header.Length + 8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_small_tensors_are_read_in_the_time_of_their_header()
    {
        var builder = new SafetensorsBuilder();
        foreach (var i in Enumerable.Range(0, 100_000))
        {
            builder.Add($"model.layers.{i % 60}.mlp.experts.{i / 60}.up_proj.weight", "BF16", 1, 1);
        }

        var model = ModelReader.FromSafetensors(builder.ToStream(), "many");
        Assert.Equal(100_000, model.Parameters);
        Assert.Equal(60, model.Tensors.Count);
    }

    private static SafetensorsBuilder Sample()
    {
        return new SafetensorsBuilder()
            .Raw("\"__metadata__\":{\"format\":\"pt\"}")
            .Add("model.embed_tokens.weight", "BF16", 4, 3)
            .Add("model.norm.weight", "F32", 3);
    }

    private static LlmMemoryException Refused(HoleStream file)
    {
        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromSafetensors(file, "sample.safetensors"));
        Assert.Equal(ErrorIds.SafetensorsInvalid, error.ErrorId);
        Assert.NotNull(error.Offset);
        return error;
    }
}
