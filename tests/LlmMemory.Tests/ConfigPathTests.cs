using System;
using System.Linq;
using LlmMemory.Core.Tests;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>-ConfigPath of the estimate cmdlets: paths, what comes before what, and what is refused.</summary>
public sealed class ConfigPathTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private const string Adapter = """
        base_model: openai-community/gpt2
        adapter: lora
        lora_r: 8
        lora_target_modules: [c_attn]
        sequence_len: 512
        micro_batch_size: 2
        gradient_accumulation_steps: 4
        optimizer: adamw_torch
        bf16: true
        rl: dpo
        torch_compile: true
        """;

    private const string Full = """
        {"per_device_train_batch_size": 2, "gradient_accumulation_steps": 4, "optim": "adafactor", "bf16": true, "gradient_checkpointing": true}
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_file_is_the_whole_of_a_command()
    {
        var estimate = Run("Get-LoraMemoryEstimate -ConfigPath ./lora.yml").Single();

        Assert.Equal(("gpt2", "Axolotl", "LoRA"), (estimate.Get("Model"), estimate.Get("Framework"), estimate.Get("Mode")));
        Assert.Equal("DPO", estimate.Get("Recipe"));
        Assert.Equal((8, 512L, 4, "AdamW"), (estimate.Get("Rank"), estimate.Get("SequenceLength"), estimate.Get("GradientAccumulation"), estimate.Get("Optimizer")));
        Assert.Contains((System.Collections.Generic.IEnumerable<string>)estimate.Get("Assumptions")!, line => line.StartsWith("Not modelled: torch_compile in line 11", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_what_the_same_words_typed_are()
    {
        var typed = "-Model gpt2 -Framework Axolotl -Rank 8 -TargetModules c_attn -SequenceLength 512 -MicroBatchSize 2 -GradientAccumulation 4 -Optimizer AdamW -Precision Mixed -BaseDataType BF16 -Recipe DPO";
        var result = Run($"Get-LoraMemoryEstimate -ConfigPath ./lora.yml; Get-LoraMemoryEstimate {typed}").Clean();

        Assert.Equal(result[1].Get("TotalBytes"), result[0].Get("TotalBytes"));
        Assert.Equal(result[1].Get("Phase"), result[0].Get("Phase"));
    }

    [Fact]
    public void What_is_typed_comes_before_what_the_file_says()
    {
        var result = Run(
            "Get-LoraMemoryEstimate -ConfigPath ./lora.yml -Model distilgpt2 -Rank 4 -AdapterMethod DoRA -TargetModules c_fc -SequenceLength 128, 256 "
            + "-Optimizer SGD -Framework TRL -BaseDataType F32 -Precision Pure").Clean();

        Assert.Equal([128L, 256L], result.Select(estimate => estimate.Get("SequenceLength")));
        Assert.Equal(
            ("distilgpt2", 4, "DoRA", "SGD", "TRL", "F32", "Pure"),
            (result[0].Get("Model"), result[0].Get("Rank"), result[0].Get("AdapterMethod"), result[0].Get("Optimizer"), result[0].Get("Framework"), result[0].Get("DataType"), result[0].Get("Precision")));
        Assert.Equal(4, result[0].Get("GradientAccumulation"));
    }

    [Fact]
    public void A_typed_global_batch_forgets_the_accumulation_of_the_file()
    {
        Assert.Equal(16, Run("Get-LlmMemoryEstimate -Model gpt2 -ConfigPath ./full.json -GlobalBatchSize 32").Single().Get("GradientAccumulation"));
    }

    [Theory]
    [InlineData("./*.json")]
    [InlineData("\"Microsoft.PowerShell.Core\\FileSystem::$($PWD.ProviderPath)/full.json\"")]
    [InlineData("'./zero.yaml', './full.json'")]
    public void Paths_are_PowerShells(string path)
    {
        var estimate = Run($"Get-LlmMemoryEstimate -Model gpt2 -ConfigPath {path} -SequenceLength 128").Single();

        Assert.Equal(("Training", "Adafactor", "HFTrainer"), (estimate.Get("Mode"), estimate.Get("Optimizer"), estimate.Get("Framework")));
    }

    [Fact]
    public void Piped_models_take_the_settings_of_the_files()
    {
        var result = Run("Get-LlmModel gpt2, distilgpt2 | Get-LlmMemoryEstimate -ConfigPath ./full.json, ./zero.yaml").Clean();

        Assert.Equal(["gpt2", "distilgpt2"], result.Select(estimate => estimate.Get("Model")));
        Assert.All(result, estimate => Assert.Equal(("ZeRO2", 8), (estimate.Get("Sharding"), estimate.Get("DeviceCount"))));
    }

    [Theory]
    [InlineData("Get-LlmMemoryEstimate -ConfigPath ./lora.yml", "TrainingConfigContradictory")]
    [InlineData("Get-LoraMemoryEstimate -ConfigPath ./tune.yaml", "TrainingConfigContradictory")]
    [InlineData("Get-LlmMemoryEstimate -ConfigPath ./tune.yaml", "ModelUnknown")]
    [InlineData("Get-LlmMemoryEstimate -ConfigPath ./full.json", "ParameterCountMissing")]
    [InlineData("Get-LlmMemoryEstimate -Model gpt2 -ConfigPath ./n*.yml", "TrainingConfigNotFound")]
    [InlineData("Get-LlmMemoryEstimate -Model gpt2 -ConfigPath env:PATH", "TrainingConfigNotFound")]
    [InlineData("Get-LlmMemoryEstimate -Model gpt2 -ConfigPath nodrive:/x.yml", "TrainingConfigNotFound")]
    public void What_cannot_be_done_is_an_error(string command, string id)
    {
        Assert.Equal(id, Assert.Single(Run(command).Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void What_is_offloaded_pipes_back_into_its_cmdlet()
    {
        var result = Run("$first = Get-LlmMemoryEstimate -Model gpt2 -ConfigPath ./zero.yaml -Offload optimizer -SequenceLength 64; $first; $first | Get-LlmMemoryEstimate").Clean();

        Assert.Equal(2, result.Count);
        Assert.Equal(("OptimizerStates", 124_439_808L * 16), (result[1].Get("Offload"), result[1].Get("HostBytes")));
        Assert.Equal(result[0].Get("TotalBytes"), result[1].Get("TotalBytes"));
    }

    [Fact]
    public void An_adapter_that_is_typed_stands_beside_a_file_that_trains_all_weights()
    {
        Assert.Equal(4, Run("Get-LoraMemoryEstimate -Model gpt2 -ConfigPath ./tune.yaml -Rank 4 -SequenceLength 64").Single().Get("Rank"));
    }

    [Fact]
    public void A_file_that_changes_nothing_is_a_warning()
    {
        Assert.StartsWith("-ConfigPath changed nothing", Assert.Single(Run("Get-LlmMemoryEstimate 7B -ConfigPath ./full.json").Warnings), StringComparison.Ordinal);
        Assert.StartsWith("-ConfigPath changed nothing", Assert.Single(Run("Get-LoraMemoryEstimate 7B 20M -ConfigPath ./lora.yml").Warnings), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
    }

    private PipelineResult Run(string command)
    {
        _folder.Write("lora.yml", Adapter);
        _folder.Write("full.json", Full);
        _folder.Write("zero.yaml", "distributed_type: DEEPSPEED\nnum_processes: 8\nmixed_precision: bf16\ndeepspeed_config: {zero_stage: 2}\n");
        _folder.Write("tune.yaml", "model: {_component_: my.models.own_9b}\nbatch_size: 1\ndtype: bf16\n");
        return session.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder.Path}'){Environment.NewLine}{command}");
    }
}
