using LlmMemory.DataTypes;
using LlmMemory.Errors;
using Xunit;

namespace LlmMemory.Core.Tests;

public sealed class DataTypeTests
{
    [Theory]
    [InlineData("F32", 4)]
    [InlineData("F16", 2)]
    [InlineData("BF16", 2)]
    [InlineData("FP8", 1)]
    [InlineData("INT8", 1)]
    [InlineData("INT4", 0.5)]
    [InlineData("NF4", 0.5625)]
    public void Bytes_per_parameter_are_the_rules(string name, double bytes)
    {
        Assert.Equal(bytes, DataTypeCatalogue.All.Find(name).BytesPerParameter);
    }

    [Theory]
    [InlineData("float", "F32")]
    [InlineData("FP32", "F32")]
    [InlineData("float32", "F32")]
    [InlineData("half", "F16")]
    [InlineData("fp16", "F16")]
    [InlineData("bfloat16", "BF16")]
    [InlineData("bf-16", "BF16")]
    [InlineData("int8", "INT8")]
    [InlineData("q8", "INT8")]
    [InlineData("8-bit", "INT8")]
    [InlineData("q4", "INT4")]
    [InlineData("int_4", "INT4")]
    [InlineData("nf4", "NF4")]
    [InlineData("fp8_e4m3", "FP8")]
    [InlineData(" bf16 ", "BF16")]
    public void The_usual_spellings_are_understood(string spelling, string name)
    {
        Assert.Equal(name, DataTypeCatalogue.All.Find(spelling).Name);
    }

    [Theory]
    [InlineData("foat", "Did you mean F32?")]
    [InlineData("bf17", "Did you mean BF16?")]
    [InlineData("q9", "Did you mean INT4 or INT8?")]
    [InlineData("something else entirely", "Known: F32, F16, BF16, FP8, INT8, NF4, INT4.")]
    public void An_unknown_type_names_the_nearest(string name, string sentence)
    {
        var error = Assert.Throws<LlmMemoryException>(() => DataTypeCatalogue.All.Find(name));

        Assert.Equal(ErrorIds.DataTypeUnknown, error.ErrorId);
        Assert.Equal(name, error.Value);
        Assert.Contains(sentence, error.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT4", 1, 1)]
    [InlineData("INT4", 3, 2)]
    [InlineData("NF4", 64, 36)]
    [InlineData("NF4", 65, 72)]
    [InlineData("F32", 0, 0)]
    public void A_started_block_counts_whole(string name, long parameters, long bytes)
    {
        Assert.Equal(bytes, DataTypeCatalogue.All.Find(name).GetBytes(parameters));
    }
}
