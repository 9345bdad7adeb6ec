using System;
using System.Linq;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>Adapters of known models through Get-LoraMemoryEstimate: what is bound, what goes round, what is said.</summary>
public sealed class AdapterTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    // GPT-2: 12 layers, width 768; c_attn leads to 2304. F32 weights, gradients, two states and AdamW's copy while it steps:
    // 20 bytes for each weight.
    private const long BaseBytes = 497_759_232;

    [Theory]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2", 12 * 8 * (768 + 2304))]
    [InlineData("Get-LlmModel gpt2 | Get-LoraMemoryEstimate", 12 * 8 * (768 + 2304))]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -Rank 16 -TargetModules c_attn", 12 * 16 * (768 + 2304))]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -AdapterMethod IA3", 12 * (2304 + 3072))]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -PeftType prompttuning -AdapterTokens 20", 20 * 768)]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -LayersToTransform (0..3) -RankPattern @{ 'h\\.0\\..*' = 16 }", 5 * 8 * (768 + 2304))]
    [InlineData("[pscustomobject]@{ Model = 'gpt2'; Rank = '4'; TargetModules = 'c_attn,c_fc' } | Get-LoraMemoryEstimate", 12 * 4 * (768 + 2304 + 768 + 3072))]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -Rank 4 | Get-LoraMemoryEstimate", 12 * 4 * (768 + 2304))]
    public void What_users_type_is_laid_out(string command, long trainable)
    {
        var estimate = session.Run(command).Single();

        Assert.Equal(trainable, estimate.Get("AdapterParameters"));
        Assert.Equal(BaseBytes + (20 * trainable), session.Run($"({command}).Phases[3].TotalBytes").Single().BaseObject);
        Assert.Null(estimate.Get("TrainingMultiplier"));
    }

    [Fact]
    public void A_count_alone_keeps_the_rule_of_thumb()
    {
        var estimate = session.Run("Get-LoraMemoryEstimate -Model gpt2 -AdapterParameters 1M").Single();

        Assert.Equal(531_359_232L, estimate.Get("TotalBytes"));
        Assert.Null(estimate.Get("Adapter"));
        Assert.Null(estimate.Get("AdapterMethod"));
    }

    [Fact]
    public void Several_methods_and_ranks_are_several_estimates_the_rank_changing_faster()
    {
        var result = session.Run("Get-LoraMemoryEstimate -Model gpt2 -AdapterMethod LoRA,DoRA -Rank 4,8 -Optimizer AdamW,SGD").Clean();

        Assert.Equal(
            ["LoRA-4-AdamW", "LoRA-4-SGD", "LoRA-8-AdamW", "LoRA-8-SGD", "DoRA-4-AdamW", "DoRA-4-SGD", "DoRA-8-AdamW", "DoRA-8-SGD"],
            result.Select(item => $"{item.Get("AdapterMethod")}-{item.Get("Rank")}-{item.Get("Optimizer")}"));
    }

    [Theory]
    [InlineData("Get-LoraMemoryEstimate 7B", "ParameterCountMissing")]
    [InlineData("Get-LoraMemoryEstimate 7B -Rank 8", "ParameterCountMissing")]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -AdapterParameters 1M -Rank 8", "AdapterSettingInvalid")]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 20M", "AdapterSettingInvalid")]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -RankPattern @{ c_attn = 'many' }", "AdapterSettingInvalid")]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -RankPattern 8", "AdapterSettingInvalid")]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -AdapterMethod LORE", "AdapterMethodUnknown")]
    public void What_contradicts_itself_is_an_error(string command, string id)
    {
        var result = session.Run(command);

        Assert.Empty(result.Output);
        Assert.StartsWith(id + ",", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Model gpt-oss-20b-a3.6b -TargetModules q_proj, down_proj", "experts.down_proj")]
    [InlineData("-Model gpt2 -TrainingMultiplier 3", "-TrainingMultiplier changed nothing")]
    public void What_is_easily_missed_is_a_warning(string parameters, string warning)
    {
        var result = session.Run($"Get-LoraMemoryEstimate {parameters} 3>&1");

        Assert.Contains(result.Output, item => $"{item}".Contains(warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-MicroBatchSize 4 -SequenceLength 128")]
    [InlineData("-MicroBatchSize 2 -SequenceLength 256")]
    [InlineData("-MicroBatchSize 2 -SequenceLength 128 -AdapterDropout")]
    [InlineData("-MicroBatchSize 2 -SequenceLength 128 -Rank 64")]
    public void What_is_more_takes_more(string settings)
    {
        var less = session.Run("Get-LoraMemoryEstimate -Model gpt2 -MicroBatchSize 2 -SequenceLength 128").Single();
        var more = session.Run($"Get-LoraMemoryEstimate -Model gpt2 {settings}").Single();

        Assert.True((long)more.Get("TotalBytes")! > (long)less.Get("TotalBytes")!);
    }

    [Fact]
    public void The_adapter_shows_what_PEFT_prints()
    {
        var estimate = session.Run("Get-LoraMemoryEstimate -Model llama-3.2-3b -Rank 32 -TargetModules q_proj, v_proj").Single();

        Assert.Equal("trainable params: 9,175,040 || all params: 3,221,924,864 || trainable%: 0.2848", $"{estimate.Get("Adapter")}");
        Assert.Equal(36_715_216L, session.Run("(Get-LoraMemoryEstimate -Model llama-3.2-3b -Rank 32).Adapter.CheckpointBytes").Single().BaseObject);
    }
}
