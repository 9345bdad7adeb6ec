using System;
using System.Linq;
using System.Management.Automation.Language;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

public sealed class LaunchTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private const string Vllm = "Get-LlmMemoryEstimate -Model llama-3.1-70b -Engine vLLM -TensorParallel 4 -ContextLength 8k -DeviceMemory 80GB -GpuMemoryUtilization 0.95";

    private const string Training = "Get-LlmMemoryEstimate -Model llama-3.1-8b -Mode Training -Sharding ZeRO3 -DataParallel 8 -MicroBatchSize 1 -Recompute Full";

    public static TheoryData<string> Hostile =>
        ["it's", "\u2018curly\u2019 \u201Aquotes\u201B", "$(throw) `$x", "a;b|c&d#e", "two\nlines", "@splat", "1,2", "{0}", "\"q\"", "a b", "\u201Cdouble\u201D", "%x%", "-dash"];

    [Fact]
    public void A_start_is_one_text_and_an_object_on_demand()
    {
        var text = (string)session.Run($"{Vllm} | ConvertTo-LlmLaunchArgument").Single().BaseObject;
        var document = session.Run($"{Vllm} | ConvertTo-LlmLaunchArgument -AsObject").Single();

        Assert.Equal(text, document.Get("Text"));
        Assert.EndsWith(
            "vllm serve meta-llama/Llama-3.1-70B \\\n  --tensor-parallel-size 4 \\\n  --max-model-len 8192 \\\n  --gpu-memory-utilization 0.95", text, StringComparison.Ordinal);
        Assert.Equal(["vLLM", "Bash", "llama-3.1-70b"], new[] { "Target", "Format", "Model" }.Select(document.Get));
        Assert.Equal(8192L, session.Run($"({Vllm} | ConvertTo-LlmLaunchArgument -AsObject).Settings | Where-Object Name -EQ '--max-model-len'").Single().Get("Value"));
    }

    [Fact]
    public void Each_estimate_is_written_for_each_target()
    {
        var result = session.Run($"{Vllm} -Concurrency 1,2 | ConvertTo-LlmLaunchArgument -Target vLLM,Kubernetes,Slurm -AsObject");

        Assert.Equal(["vLLM", "Kubernetes", "Slurm", "vLLM", "Kubernetes", "Slurm"], result.Values("Target"));
    }

    [Theory]
    [InlineData(Vllm)]
    [InlineData(Training)]
    [InlineData("Get-LlmMemoryEstimate -Model llama-3.1-8b -DataType Q4_K_M -Engine LlamaCpp -ContextLength 8k -GpuLayers 20 -KvCacheType q8_0")]
    [InlineData("Get-LlmMemoryEstimate -Model llama-3.1-8b -DataType Q4_K_M -Engine Ollama -ContextLength 8k -Concurrency 2")]
    [InlineData("Get-LoraMemoryEstimate -Model llama-3.1-8b -BaseDataType NF4 -Rank 16 -MicroBatchSize 1 -DataParallel 2 -Sharding FSDP")]
    public void A_copy_of_an_estimate_makes_the_same_settings(string estimate)
    {
        var real = Settings($"{estimate} | ConvertTo-LlmLaunchArgument -AsObject");

        Assert.Equal(real, Settings($"[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(({estimate}), 2)) | ConvertTo-LlmLaunchArgument -AsObject"));
        Assert.Equal(
            real,
            Settings($"$row = [ordered]@{{}}; foreach ($property in ({estimate}).PSObject.Properties) {{ $row[$property.Name] = \"$($property.Value)\" }}; [pscustomobject]$row | ConvertTo-LlmLaunchArgument -AsObject"));
    }

    [Fact]
    public void The_figures_of_a_copy_are_those_of_the_estimate()
    {
        var figures = session.Run($"({Vllm} | ConvertTo-LlmLaunchArgument -AsObject).Comments -match '^(Memory|Fullest|Band|Cache)'").Clean();
        var copied = session.Run(
            $"$copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(({Vllm}), 2)); ($copy | ConvertTo-LlmLaunchArgument -AsObject).Comments -match '^(Memory|Fullest|Band|Cache)'").Clean();

        Assert.Equal(4, figures.Count);
        Assert.Equal(figures.Select(line => $"{line}"), copied.Select(line => $"{line}"));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_command_for_PowerShell_is_one_command_whatever_the_model_is_called(string name)
    {
        var quoted = "'" + CodeGeneration.EscapeSingleQuotedStringContent("/m/" + name) + "'";
        var text = (string)session.Run($"{Vllm} | ConvertTo-LlmLaunchArgument -Shell PowerShell -ModelPath {quoted}").Single().BaseObject;
        var script = Parser.ParseInput(text, out _, out var errors);

        Assert.Empty(errors);
        var command = Assert.IsType<CommandAst>(Assert.Single(Assert.IsType<PipelineAst>(Assert.Single(script.EndBlock.Statements)).PipelineElements));
        Assert.Equal("/m/" + name, ((StringConstantExpressionAst)command.CommandElements[2]).Value);
    }

    [Theory]
    [InlineData("Get-LlmMemoryEstimate 7B, 13B | ConvertTo-LlmLaunchArgument", "LaunchNeedsModel", 2)]
    [InlineData("'x', 7, [datetime]::UnixEpoch | ConvertTo-LlmLaunchArgument", "EstimateUnreadable", 3)]
    [InlineData("ConvertTo-LlmLaunchArgument $null", "EstimateUnreadable", 1)]
    [InlineData("[pscustomobject]@{ Mode = 'Inference'; DeviceCount = 'four'; TotalBytes = 1; MaxDeviceBytes = 1 } | ConvertTo-LlmLaunchArgument", "EstimateUnreadable", 1)]
    [InlineData(Training + " | ConvertTo-LlmLaunchArgument -Target vLLM, SGLang", "LaunchTargetUnsuitable", 2)]
    public void A_bad_record_is_an_error_of_its_own(string command, string id, int count)
    {
        var result = session.Run(command);

        Assert.Empty(result.Output);
        Assert.Equal(Enumerable.Repeat(id, count), result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void A_bad_target_does_not_keep_a_good_one_from_being_written()
    {
        var result = session.Run($"{Vllm} | ConvertTo-LlmLaunchArgument -Target torchrun, Kubernetes -AsObject");

        Assert.Equal("Kubernetes", Assert.Single(result.Output).Get("Target"));
        Assert.Single(result.Errors);
    }

    [Fact]
    public void An_engine_that_would_not_start_is_a_warning()
    {
        var result = session.Run("Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM -DeviceMemory 8GB | ConvertTo-LlmLaunchArgument");

        Assert.Contains("vLLM refuses to start", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Single(result.Output);
    }

    private string Settings(string command)
    {
        var document = session.Run(command).Single();
        return $"{document.Get("Target")}: {document.Get("Settings")} | {document.Get("Environment")}";
    }
}
