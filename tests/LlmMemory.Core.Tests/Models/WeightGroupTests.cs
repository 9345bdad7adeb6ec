using System.Linq;
using LlmMemory.Core.Tests.Quantization;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Bytes by role and by data type.</summary>
public sealed class WeightGroupTests
{
    [Fact]
    public void Roles_have_their_bytes_the_largest_first()
    {
        // Mixtral 8x7B, in BF16: 32 layers of 8 experts of 3 x 4096 x 14336 weights.
        var groups = ModelReader.FromCatalogue(ModelCatalogue.All.Find("mixtral-8x7b")).BytesByRole;

        Assert.Equal(["Experts", "Attention", "Embedding", "Head", "Router", "Norms"], groups.Select(group => group.Name));
        Assert.Equal(2L * 32 * 8 * 3 * 4096 * 14336, groups[0].Bytes);
        Assert.Equal((768, "BF16"), (groups[0].Tensors, groups[0].DataTypes));
        Assert.Equal("Head 0.262 GB", groups[3].ToString());
    }

    [Fact]
    public void Data_types_have_their_bytes_the_largest_first()
    {
        // deepseek-ai/DeepSeek-V3 on the hub: 680,571,043,840 of F8_E4M3, 3,918,786,560 of BF16, 41,555,600 of F32.
        var groups = ModelReader.FromConfig(QuantizedConfigs.Carried("deepseek-ai--DeepSeek-V3").In("bfloat16")).BytesByDataType;

        Assert.Equal(["F8_E4M3", "BF16", "F32"], groups.Select(group => group.Name));
        Assert.Equal([680_571_043_840, 2L * 3_918_786_560, 4L * 41_555_600], groups.Select(group => group.Bytes));
    }

    [Theory]
    [InlineData("falcon-7b")]
    [InlineData("gemma-3-4b")]
    [InlineData("qwen3-next-80b-a3b")]
    public void They_add_up_to_the_model(string name)
    {
        var model = ModelReader.FromCatalogue(ModelCatalogue.All.Find(name));

        foreach (var groups in new[] { model.BytesByRole, model.BytesByDataType })
        {
            Assert.Equal(model.WeightBytes, groups.Sum(group => group.Bytes));
            Assert.Equal(model.Parameters, groups.Sum(group => group.Parameters));
            Assert.Equal(100, groups.Sum(group => group.Percent), 9);
        }
    }
}
