using System.Linq;
using LlmMemory.DataTypes;
using Xunit;

namespace LlmMemory.Core.Tests.Gguf;

public sealed class GgufDataTypeTests
{
    // ggml-org/llama.cpp: ggml/include/ggml.h (enum ggml_type), ggml/src/ggml-common.h (sizes of block_*).
    [Theory]
    [InlineData(0, "F32", 1, 4)]
    [InlineData(1, "F16", 1, 2)]
    [InlineData(2, "Q4_0", 32, 18)]
    [InlineData(3, "Q4_1", 32, 20)]
    [InlineData(6, "Q5_0", 32, 22)]
    [InlineData(7, "Q5_1", 32, 24)]
    [InlineData(8, "Q8_0", 32, 34)]
    [InlineData(9, "Q8_1", 32, 36)]
    [InlineData(10, "Q2_K", 256, 84)]
    [InlineData(11, "Q3_K", 256, 110)]
    [InlineData(12, "Q4_K", 256, 144)]
    [InlineData(13, "Q5_K", 256, 176)]
    [InlineData(14, "Q6_K", 256, 210)]
    [InlineData(15, "Q8_K", 256, 292)]
    [InlineData(16, "IQ2_XXS", 256, 66)]
    [InlineData(17, "IQ2_XS", 256, 74)]
    [InlineData(18, "IQ3_XXS", 256, 98)]
    [InlineData(19, "IQ1_S", 256, 50)]
    [InlineData(20, "IQ4_NL", 32, 18)]
    [InlineData(21, "IQ3_S", 256, 110)]
    [InlineData(22, "IQ2_S", 256, 82)]
    [InlineData(23, "IQ4_XS", 256, 136)]
    [InlineData(24, "I8", 1, 1)]
    [InlineData(25, "I16", 1, 2)]
    [InlineData(26, "I32", 1, 4)]
    [InlineData(27, "I64", 1, 8)]
    [InlineData(28, "F64", 1, 8)]
    [InlineData(29, "IQ1_M", 256, 56)]
    [InlineData(30, "BF16", 1, 2)]
    [InlineData(34, "TQ1_0", 256, 54)]
    [InlineData(35, "TQ2_0", 256, 66)]
    [InlineData(39, "MXFP4", 32, 17)]
    [InlineData(40, "NVFP4", 64, 36)]
    [InlineData(41, "Q1_0", 128, 18)]
    [InlineData(42, "Q2_0", 64, 18)]
    public void A_number_stands_for_a_type_of_blocks(long number, string name, int weights, long bytes)
    {
        Assert.True(GgufTypeNumbers.TryFind(number, out var type));
        Assert.Equal((name, weights), (type.Name, type.BlockWeights));
        Assert.Equal(bytes, type.GetBytes(weights));
        Assert.Equal(3 * 2 * bytes, type.GetBytes([3, 2L * weights]));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(31)]
    [InlineData(38)]
    public void Numbers_that_were_given_up_have_a_name_and_no_type(long number)
    {
        Assert.False(GgufTypeNumbers.TryFind(number, out _));
        Assert.NotNull(GgufTypeNumbers.RemovedName(number));
    }

    [Theory]
    [InlineData("q4_k", "Q4_K")]
    [InlineData("Q4K", "Q4_K")]
    [InlineData("q8-0", "Q8_0")]
    [InlineData("mxfp4", "MXFP4")]
    [InlineData("iq2_xxs", "IQ2_XXS")]
    public void Block_formats_are_understood_where_a_data_type_is_named(string spelling, string name)
    {
        Assert.Equal(name, DataTypeCatalogue.All.Find(spelling).Name);
    }

    [Fact]
    public void Block_formats_are_not_listed_among_the_usual_types()
    {
        Assert.Equal(["F32", "F16", "BF16", "FP8", "INT8", "NF4", "INT4"], DataTypeCatalogue.All.Select(type => type.Name));
        Assert.Equal(GgufDataTypes.Blocks, DataTypeCatalogue.All.Further);
        Assert.Equal(GgufDataTypes.Blocks.OrderByDescending(type => type.BitsPerWeight), GgufDataTypes.Blocks);
    }
}
