using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>Files that are damaged, or made to hurt: each is refused with the byte at which it goes wrong.</summary>
public sealed class GgufHostileTests
{
    private const ulong Huge = 1UL << 63;

    private const int PairStart = 24;

    [Fact]
    public void What_is_no_GGUF_file_is_refused_at_its_first_byte()
    {
        foreach (var bytes in new byte[][] { [], [71], Encoding.ASCII.GetBytes("GGML1234567890"), new byte[64] })
        {
            Assert.Equal(0, Refused(new HoleStream(bytes, bytes.Length)).Offset);
        }
    }

    [Fact]
    public void A_file_cut_off_at_any_byte_is_refused()
    {
        var header = GgufSamples.Model().Header();
        for (var length = 0; length < header.Length; length++)
        {
            var error = Refused(new HoleStream(header, length));
            Assert.InRange(error.Offset!.Value, 0, length);
        }
    }

    [Fact]
    public void Missing_weights_are_noticed_without_reading_any()
    {
        var builder = GgufSamples.Model();
        var header = builder.Header();

        var error = Refused(new HoleStream(header, header.Length + builder.DataLength - 32));

        Assert.Contains("blk.1.ffn_down.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains("ends outside of the file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000_000UL)]
    [InlineData(Huge)]
    [InlineData(ulong.MaxValue)]
    public void Claimed_counts_are_not_believed(ulong claimed)
    {
        Assert.Equal(16, Refused(new HoleStream(new GgufBuilder { ClaimedPairs = claimed }.Header(), 5_000_000_000)).Offset);
        Assert.Equal(8, Refused(new HoleStream(new GgufBuilder { ClaimedTensors = claimed }.Header(), 5_000_000_000)).Offset);
    }

    [Theory]
    [InlineData(Huge)]
    [InlineData(Huge - 1)]
    [InlineData(ulong.MaxValue)]
    [InlineData(5_000_000_000UL)]
    public void Claimed_lengths_are_held_against_the_file(ulong length)
    {
        var bytes = BitConverter.GetBytes(length);
        var key = new GgufBuilder { ClaimedPairs = 1 }.Header().Concat(bytes).ToArray();
        var text = new GgufBuilder().Raw("key", 8, bytes);
        var array = new GgufBuilder().Raw("key", 9, [8, 0, 0, 0, .. bytes]);
        var arrayText = new GgufBuilder().Raw("key", 9, [8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, .. bytes]);
        var numbers = new GgufBuilder().Raw("key", 9, [12, 0, 0, 0, .. bytes]);

        Assert.Equal(PairStart, Refused(new HoleStream(key, key.Length + 100)).Offset);
        Assert.Equal(PairStart + 15, Refused(Long(text)).Offset);
        Assert.Equal(PairStart + 19, Refused(Long(array)).Offset);
        Assert.Equal(PairStart + 27, Refused(Long(arrayText)).Offset);
        Assert.Equal(PairStart + 19, Refused(Long(numbers)).Offset);
    }

    [Fact]
    public void A_vocabulary_of_zeros_in_a_sparse_file_of_5_GB_is_refused_soon()
    {
        var builder = new GgufBuilder().Raw("tokens", 9, [8, 0, 0, 0, .. BitConverter.GetBytes(600_000_000UL)]);
        var few = new GgufBuilder().Raw("tokens", 9, [8, 0, 0, 0, .. BitConverter.GetBytes(10_000_000UL)]);

        var watch = Stopwatch.StartNew();
        Assert.Equal(PairStart + 22, Refused(new HoleStream(builder.Header(), 5_000_000_000)).Offset);
        Assert.Equal(ErrorIds.GgufMetadataInvalid, Error(new HoleStream(few.Header(), 5_000_000_000)).ErrorId);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public void A_header_without_an_end_is_not_read_to_the_end_of_the_file()
    {
        // A text of two gigabytes is skipped; what comes behind it is no header any more.
        var file = new HoleStream(new GgufBuilder { ClaimedPairs = 2 }.Raw("key", 8, BitConverter.GetBytes(1UL << 31)).Header(), 5_000_000_000);

        Assert.Contains("the header goes on", Refused(file).Message, StringComparison.Ordinal);
        Assert.InRange(file.BytesRead, 0, 1 << 20);
    }

    [Fact]
    public void As_many_pairs_and_tensors_as_can_be_take_no_more_memory_than_their_bytes_and_64_MiB()
    {
        var builder = new GgufBuilder().Add("general.architecture", "llama");
        for (var i = 0; i < 4_000; i++)
        {
            builder.Add($"{i:00000}{new string('k', 900)}", new string('v', 500));
        }

        for (var i = 0; i < 65_000; i++)
        {
            builder.Tensor($"{i:00000}{new string('t', 120)}", 0, 4, 1);
        }

        var header = builder.Header();
        var file = new HoleStream(header, header.Length + builder.DataLength);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(65_000, ModelReader.FromGguf(file, "sample").Tensors.Count);
        var peak = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(peak, 0, header.Length + (64L << 20));
    }

    [Fact]
    public void Arrays_in_arrays_are_refused_beyond_a_few()
    {
        byte[] value = [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        for (var depth = 0; depth < 1000; depth++)
        {
            value = [9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, .. value];
        }

        var error = Refused(Long(new GgufBuilder().Raw("deep", 9, value)));

        Assert.Contains("arrays in arrays", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_come_twice_are_refused_where_they_come_again()
    {
        var key = new GgufBuilder().Add("a", 1).Add("a", 2);
        var tensor = GgufSamples.Metadata().Tensor("x", 0, 4, 1).Tensor("x", 0, 4, 1);

        Assert.Equal(PairStart + 17, Refused(Long(key)).Offset);
        Assert.Contains("'x' comes a second time", Refused(tensor.File()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_are_no_UTF_8_are_refused()
    {
        var file = new GgufBuilder().Raw("key", 8, 2, 0, 0, 0, 0, 0, 0, 0, 0xC3, 0x28);

        Assert.Equal(PairStart + 8 + 3 + 4 + 8, Refused(Long(file)).Offset);
    }

    [Theory]
    [InlineData(13u, "value type 13")]
    [InlineData(255u, "value type 255")]
    public void Unknown_value_types_are_refused(uint type, string part)
    {
        var error = Refused(Long(new GgufBuilder().Raw("key", type, 0)));

        Assert.Equal(PairStart + 8 + 3, error.Offset);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truth_has_two_values()
    {
        Assert.Equal(PairStart + 15, Refused(Long(new GgufBuilder().Raw("key", 7, 2))).Offset);
    }

    [Theory]
    [InlineData(4u, "Q4_2")]
    [InlineData(5u, "Q4_3")]
    [InlineData(31u, "Q4_0_4_4")]
    [InlineData(32u, "Q4_0_4_8")]
    [InlineData(33u, "Q4_0_8_8")]
    [InlineData(36u, "IQ4_NL_4_4")]
    [InlineData(37u, "IQ4_NL_4_8")]
    [InlineData(38u, "IQ4_NL_8_8")]
    [InlineData(43u, "type 43")]
    [InlineData(uint.MaxValue, "type 4294967295")]
    public void Types_that_ggml_has_dropped_or_never_had_are_named(uint type, string name)
    {
        var error = Error(GgufSamples.Metadata().Tensor("x", type, 4, 256).File());

        Assert.Equal(ErrorIds.GgufUnsupported, error.ErrorId);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Offset);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(Huge)]
    public void Lengths_of_tensors_are_whole_numbers_above_0(ulong length)
    {
        Assert.NotNull(Refused(GgufSamples.Metadata().TensorAt("x", 0, 0, length).File()).Offset);
    }

    [Fact]
    public void Products_of_lengths_that_overflow_are_refused()
    {
        var error = Refused(GgufSamples.Metadata().TensorAt("x", 0, 0, 1UL << 40, 1UL << 40, 1UL << 40, 1UL << 40).File());

        Assert.Contains("more bytes than 64 bits count", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1UL, "no multiple of the alignment 32")]
    [InlineData(1UL << 62, "ends outside of the file")]
    [InlineData(Huge, "beyond any file")]
    [InlineData(ulong.MaxValue, "beyond any file")]
    public void Offsets_are_aligned_and_inside_of_the_file(ulong offset, string reason)
    {
        Assert.Contains(reason, Refused(GgufSamples.Metadata().TensorAt("x", 0, offset, 8).File()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_overlap_are_refused()
    {
        var file = GgufSamples.Metadata().Tensor("a", 0, 64, 16).TensorAt("b", 0, 32, 8).File();

        Assert.Contains("'b' overlaps that of 'a'", Refused(file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_do_not_fill_blocks_are_refused()
    {
        var file = GgufSamples.Metadata().Tensor("x", 12, 288, 300, 1).File();

        Assert.Contains("rows of 300", Refused(file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_dimensions_are_too_many()
    {
        Assert.Contains("5 dimensions", Refused(GgufSamples.Metadata().Tensor("x", 0, 4, 1, 1, 1, 1, 1).File()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(3u)]
    [InlineData(48u)]
    public void An_alignment_is_a_power_of_two(uint alignment)
    {
        var error = Error(GgufSamples.Metadata().Add("general.alignment", alignment).File());

        Assert.Equal(ErrorIds.GgufMetadataInvalid, error.ErrorId);
        Assert.Equal("general.alignment", error.Value);
    }

    [Theory]
    [InlineData(0u, "version 0")]
    [InlineData(1u, "version 1")]
    [InlineData(4u, "version 4")]
    [InlineData(3u << 24, "big-endian")]
    public void Other_versions_and_byte_orders_are_refused_by_name(uint version, string part)
    {
        var header = GgufSamples.Model().Header();
        BitConverter.GetBytes(version).CopyTo(header, 4);

        var error = Error(new HoleStream(header, 10_000_000));

        Assert.Equal(ErrorIds.GgufUnsupported, error.ErrorId);
        Assert.Equal(4, error.Offset);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama.block_count", 1_000_000_000u)]
    [InlineData("llama.embedding_length", uint.MaxValue)]
    [InlineData("llama.nextn_predict_layers", 2u)]
    public void Metadata_that_no_model_can_have_is_refused(string key, uint value)
    {
        var builder = new GgufBuilder().Add("general.architecture", "llama").Add(key, value);
        foreach (var (other, number) in new[] { ("llama.block_count", 2u), ("llama.embedding_length", 256u) }.Where(pair => pair.Item1 != key))
        {
            builder.Add(other, number);
        }

        var error = Error(builder.File());

        Assert.Equal(ErrorIds.GgufMetadataInvalid, error.ErrorId);
        Assert.Equal(key, error.Value);
    }

    [Fact]
    public void Heads_for_fewer_layers_than_there_are_are_refused()
    {
        var builder = new GgufBuilder()
            .Add("general.architecture", "llama")
            .Add("llama.block_count", 3)
            .Add("llama.embedding_length", 256)
            .Add("llama.attention.head_count", 4)
            .Add("llama.attention.head_count_kv", [2u, 4u]);

        Assert.Equal("llama.attention.head_count_kv", Error(builder.File()).Value);
    }

    private static HoleStream Long(GgufBuilder builder)
    {
        var header = builder.Header();
        return new HoleStream(header, header.Length + 100_000);
    }

    private static LlmMemoryException Refused(HoleStream file)
    {
        var error = Error(file);
        Assert.Equal(ErrorIds.GgufInvalid, error.ErrorId);
        Assert.NotNull(error.Offset);
        return error;
    }

    private static LlmMemoryException Error(HoleStream file)
    {
        return Assert.Throws<LlmMemoryException>(() => ModelReader.FromGguf(file, "sample"));
    }
}
