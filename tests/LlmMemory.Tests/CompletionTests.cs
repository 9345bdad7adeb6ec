using System.Linq;
using System.Management.Automation;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

public sealed class CompletionTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Theory]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType ", "F32 F16 BF16 FP8 INT8 NF4 INT4")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType b", "BF16 NF4")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType half", "F16")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType F32,int", "INT8 INT4")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType 'bf", "'BF16'")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType q4_", "Q4_1 Q4_K Q4_0")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType mx", "MXFP4")]
    [InlineData("Get-LlmMemoryEstimate 7B -Mode ", "Inference Training")]
    [InlineData("Get-LlmMemoryEstimate 7B -Optimizer ", "AdamW SGD")]
    [InlineData("Get-LlmMemoryEstimate 7B -SafetyMargin 1", "10% 15%")]
    [InlineData("Get-LlmMemoryEstimate 7B -TrainingMultiplier ", "3 3.5 4")]
    [InlineData("Get-LlmMemoryEstimate 7", "7B 70B")]
    [InlineData("Get-LoraMemoryEstimate 7B -AdapterParameters 2", "20M")]
    [InlineData("Get-LoraMemoryEstimate 7B 20M -BaseDataType nf", "NF4")]
    public void Names_complete(string line, string expected)
    {
        Assert.Equal(expected.Split(' '), Complete(line).CompletionMatches.Select(match => match.CompletionText));
    }

    [Fact]
    public void A_tooltip_says_the_figure_that_matters()
    {
        var match = Assert.Single(Complete("Get-LlmMemoryEstimate 7B -DataType NF").CompletionMatches);

        Assert.Equal("4-bit NormalFloat in blocks of 64, 0.5625 bytes per parameter", match.ToolTip);
    }

    private CommandCompletion Complete(string line)
    {
        var quoted = $"'{line.Replace("'", "''", System.StringComparison.Ordinal)}'";
        return (CommandCompletion)session.Run($"TabExpansion2 {quoted} {line.Length}").Single().BaseObject;
    }
}
