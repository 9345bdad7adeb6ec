using System.Linq;
using System.Management.Automation;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

public sealed class CompletionTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Theory]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType ", "F32 F16 BF16 FP8 INT8 NF4 INT4")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType b", "BF16 NF4 LLM.int8")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType half", "F16")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType F32,int", "INT8 INT4")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType 'bf", "'BF16'")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType q4_", "Q4_K_M Q4_K_S Q4_1 Q4_0 Q4_0_IMATRIX")]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType mx", "MXFP8 MXFP4 MXFP4_MOE")]
    [InlineData("Get-LlmModel llama-3.1-", "llama-3.1-405b llama-3.1-70b llama-3.1-8b llama-3.1-nemotron-nano-4b")]
    [InlineData("Get-LlmMemoryEstimate -Model gpt2-x", "gpt2-xl")]
    [InlineData("Get-LlmModel -ModelId Qwen/QwQ", "Qwen/QwQ-32B")]
    [InlineData("Get-LlmMemoryEstimate 7B -Mode ", "Inference Training")]
    [InlineData("Get-LlmMemoryEstimate 7B -Optimizer adamw", "AdamW AdamWFused AdamW8bit TorchAoAdamW8bit TorchAoAdamW4bit")]
    [InlineData("Get-LlmMemoryEstimate 7B -Framework t", "TRL TorchLoop torchtune HFTrainer")]
    [InlineData("Get-LlmMemoryEstimate 7B -Sharding z", "ZeRO1 ZeRO2 ZeRO3 DDP")]
    [InlineData("ConvertTo-LlmLaunchArgument -Target ", "vLLM SGLang LlamaCpp Ollama TGI DeepSpeed Accelerate torchrun Kubernetes Slurm Ray")]
    [InlineData("ConvertTo-LlmLaunchArgument -Target k8", "Kubernetes")]
    [InlineData("ConvertTo-LlmLaunchArgument -Shell p", "PowerShell Bash")]
    [InlineData("ConvertTo-LlmLaunchArgument -GpuVendor ", "NVIDIA AMD Intel")]
    [InlineData("Get-LlmMemoryEstimate 7B -SafetyMargin 1", "10% 15%")]
    [InlineData("Get-LlmMemoryEstimate 7B -TrainingMultiplier ", "3 3.5 4")]
    [InlineData("Get-LlmMemoryEstimate 7", "7B 70B")]
    [InlineData("Get-LoraMemoryEstimate 7B -AdapterParameters 2", "20M")]
    [InlineData("Get-LoraMemoryEstimate 7B 20M -BaseDataType nf", "NF4 NF4-DQ")]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -AdapterMethod lo", "LoRA LoRA+ LoRA-FA LoHa LoKr")]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -TargetModules all", "all-linear")]
    public void Names_complete(string line, string expected)
    {
        Assert.Equal(expected.Split(' '), Complete(line).CompletionMatches.Select(match => match.CompletionText));
    }

    [Fact]
    public void A_tooltip_says_the_figure_that_matters()
    {
        var match = Complete("Get-LlmMemoryEstimate 7B -DataType NF4").CompletionMatches.First(match => match.CompletionText == "NF4");

        Assert.Equal("4-bit NormalFloat in blocks of 64, 0.5625 bytes per parameter", match.ToolTip);
    }

    private CommandCompletion Complete(string line)
    {
        var quoted = $"'{line.Replace("'", "''", System.StringComparison.Ordinal)}'";
        return (CommandCompletion)session.Run($"TabExpansion2 {quoted} {line.Length}").Single().BaseObject;
    }
}
