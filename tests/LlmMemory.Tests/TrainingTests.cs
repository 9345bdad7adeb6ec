using System.Linq;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>Training of known models through the cmdlet.</summary>
public sealed class TrainingTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private const string Command = "Get-LlmMemoryEstimate -Model gpt2 -Mode Training -SequenceLength 128 -MicroBatchSize 1";

    [Fact]
    public void A_known_model_is_trained_as_its_framework_does_it()
    {
        var estimate = session.Run(Command).Single();

        Assert.Equal("Architecture", estimate.Get("Method"));
        Assert.Equal("HFTrainer", estimate.Get("Framework"));
        Assert.Null(estimate.Get("Engine"));
        Assert.Equal("Optimizer step", estimate.Get("Phase"));
        Assert.Equal(124_439_808L * 20, estimate.Get("TotalBytes"));
    }

    [Fact]
    public void The_rule_of_thumb_is_still_there()
    {
        var estimate = session.Run(Command + " -Method RuleOfThumb -TrainingMultiplier 3 -SafetyMargin 0.1").Single();

        Assert.Equal(497_759_232L * 3 * 2 * 11 / 10, estimate.Get("TotalBytes"));
    }

    [Fact]
    public void A_multiplier_that_changes_nothing_is_a_warning()
    {
        Assert.StartsWith("-TrainingMultiplier changed nothing", Assert.Single(session.Run(Command + " -TrainingMultiplier 3").Warnings), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Several_values_make_one_record_per_combination()
    {
        var result = session.Run(Command + " -DataParallel 2 -Sharding DDP,FSDP -Optimizer AdamW,Adafactor,SGD").Clean();

        Assert.Equal(
            ["DDP-AdamW", "DDP-Adafactor", "DDP-SGD", "FSDP-AdamW", "FSDP-Adafactor", "FSDP-SGD"],
            result.Select(estimate => $"{estimate.Get("Sharding")}-{estimate.Get("Optimizer")}"));
    }

    [Fact]
    public void An_estimate_pipes_back_into_its_cmdlet()
    {
        var result = session.Run($"$first = {Command} -Framework TRL -FrameworkVersion 4.46 -DataParallel 4 -Sharding ZeRO2 -Precision Pure -Recompute Offloaded -LayerKernels Liger -AttentionKernel Flash -LossKernel Cut -Optimizer Lion -SafetyMargin 0.1; $first; $first | Get-LlmMemoryEstimate").Clean();

        Assert.Equal(2, result.Count);
        foreach (var name in new[] { "TotalBytes", "Framework", "FrameworkVersion", "Phase", "MaxDeviceBytes", "Sharding", "LossKernel", "SafetyMargin" })
        {
            Assert.Equal(result[0].Get(name), result[1].Get(name));
        }
    }

    [Theory]
    [InlineData("$first | Get-LlmMemoryEstimate")]
    [InlineData("$row = @{}; foreach ($property in $first.PSObject.Properties) { $row[$property.Name] = \"$($property.Value)\" }; [pscustomobject]$row | Get-LlmMemoryEstimate")]
    public void A_run_of_Megatron_pipes_back_with_all_it_was_told(string again)
    {
        var result = session.Run($"$first = {Command} -Framework Megatron -FrameworkVersion 0.11 -TP 2 -PP 4 -VPP 3 -CP 2 -DP 2 -SP -DistributedOptimizer -MicroBatchGroup 4 -GlobalBatchSize 16 -Dropout $false -GradientAccumulationFusion $false -Recompute Selective -RecomputeModules layernorm,mlp -GpuGeneration Ampere -Deterministic -AttentionKernel Flash; $first; {again}").Clean();

        Assert.Equal(2, result.Count);
        Assert.Equal(32, result[0].Get("DeviceCount"));
        foreach (var name in new[] { "TotalBytes", "MaxDeviceBytes", "Phase", "VirtualPipeline", "SequenceParallel", "DistributedOptimizer", "Dropout", "Deterministic", "GpuGeneration" })
        {
            Assert.Equal(result[0].Get(name), result[1].Get(name));
        }
    }

    [Fact]
    public void Every_stage_of_a_pipeline_is_a_range_of_devices()
    {
        var devices = session.Run($"({Command} -Framework Megatron -TensorParallel 2 -PipelineParallel 3 -GlobalBatchSize 8).Devices").Clean();

        Assert.Equal(["Device 0", "Device 1", "Device 2", "Device 3", "Device 4", "Device 5"], devices.Select(device => device.Get("Device")));
        Assert.Equal(3, devices.Select(device => device.Get("Bytes")).Distinct().Count());
    }

    [Fact]
    public void A_bad_record_leaves_the_rest_alone()
    {
        var result = session.Run("""
            [pscustomobject]@{ Model = 'gpt2'; Mode = 'Training'; SequenceLength = '128'; Sharding = '' },
            [pscustomobject]@{ Model = 'gpt2'; Mode = 'Training'; SequenceLength = '128'; Sharding = 'ZeRO9' },
            [pscustomobject]@{ Model = 'gpt2'; Mode = 'Training'; SequenceLength = '64'; Sharding = 'DDP' } | Get-LlmMemoryEstimate
            """);

        Assert.Equal(2, result.Output.Count);
        Assert.Equal("ShardingUnknown", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
    }
}
