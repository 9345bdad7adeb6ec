using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>Test-LlmMemoryFit, Find-LlmLimit and Find-LlmDeployment: what is bound, what goes through a pipeline, what is said.</summary>
public sealed class PlanningTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Theory]
    [InlineData("Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM -ContextLength 8k | Test-LlmMemoryFit -Gpu 'H100 SXM5'", true)]
    [InlineData("Get-LlmMemoryEstimate -Model llama-3.1-70b -Engine vLLM -ContextLength 8k | Test-LlmMemoryFit -Gpu 'H100 SXM5' -Count 1", false)]
    [InlineData("Get-LlmMemoryEstimate 7B | Test-LlmMemoryFit -Memory 24GB", true)]
    [InlineData("Get-LlmMemoryEstimate 7B -Mode Training | Test-LlmMemoryFit -Memory 24GB", false)]
    [InlineData("Get-LlmMemoryEstimate 7B -Mode Training | Test-LlmMemoryFit -Memory 24GB -Count 8", true)]
    [InlineData("Get-LoraMemoryEstimate -Model llama-3.1-8b -BaseDataType NF4 -SequenceLength 512 -MicroBatchSize 1 | Test-LlmMemoryFit -Gpu T4", true)]
    [InlineData("Get-LoraMemoryEstimate 70B 200M | Test-LlmMemoryFit -Gpu T4", false)]
    [InlineData("Test-LlmMemoryFit -Model llama-3.1-8b -Engine LlamaCpp -ContextLength 8k -DataType Q4_K_M -Gpu 'RTX 4090'", true)]
    [InlineData("Get-LlmModel llama-3.1-8b | Test-LlmMemoryFit -Engine SGLang -ContextLength 8k -Memory 12GB", false)]
    [InlineData("Test-LlmMemoryFit 13B -Memory 24GB -Headroom 10%", false)]
    [InlineData("Test-LlmMemoryFit 13B -Memory 25GB", true)]
    public void A_verdict_is_true_or_false(string command, bool fits)
    {
        Assert.Equal(fits, session.Run(command).Single().BaseObject);
    }

    [Fact]
    public void A_verdict_with_its_figures_is_an_object()
    {
        var fit = session.Run("Test-LlmMemoryFit -Model llama-3.1-70b -Engine vLLM -ContextLength 8k -Gpu 'H100 SXM5' -Count 2 -PassThru").Single();

        Assert.Equal("LlmMemory.Planning.MemoryFit", fit.TypeNames[0]);
        Assert.Equal((true, "2 x H100 SXM5 80GB", 1L), (fit.Get("Fits"), fit.Get("Gpu"), fit.Get("MaxConcurrency")));
        Assert.Equal((long)fit.Get("AvailableBytes")! - (long)fit.Get("RequiredBytes")!, fit.Get("HeadroomBytes"));
    }

    [Fact]
    public void Why_not_is_said_to_those_who_ask()
    {
        var result = session.Run("Test-LlmMemoryFit 7B -Memory 8GB -Verbose");

        Assert.Equal(false, result.Single().BaseObject);
        Assert.Equal("Device 0 needs 13.04 GiB, and device of 8 GiB has 8 GiB.", Assert.Single(result.Verbose));
    }

    [Fact]
    public void Each_estimate_is_put_beside_each_device_and_count()
    {
        var result = session.Run("Get-LlmMemoryEstimate 7B,70B | Test-LlmMemoryFit -Gpu L4,'H100 SXM5' -Count 1,2 -PassThru").Clean();

        Assert.Equal(
            ["L4 24GB True", "2 x L4 24GB True", "H100 SXM5 80GB True", "2 x H100 SXM5 80GB True", "L4 24GB False", "2 x L4 24GB False", "H100 SXM5 80GB False", "2 x H100 SXM5 80GB True"],
            result.Select(fit => $"{fit.Get("Gpu")} {fit.Get("Fits")}"));
    }

    [Fact]
    public void A_name_with_wildcards_stands_for_all_that_it_matches()
    {
        var names = session.Run("Test-LlmMemoryFit 7B -Gpu 'H100*' -PassThru").Clean().Select(fit => (string)fit.Get("Gpu")!).ToList();

        Assert.True(names.Count >= 3);
        Assert.All(names, name => Assert.StartsWith("H100", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Test-LlmMemoryFit 7B -Gpu 'H100 SXM55'")]
    [InlineData("Find-LlmLimit 7B -Maximize Parameters -Gpu 'H100 SXM55'")]
    [InlineData("Find-LlmDeployment 7B -Gpu 'H100 SXM55'")]
    [InlineData("Get-LlmMemoryEstimate 7B | Test-LlmMemoryFit -Gpu 'H100 SXM55'")]
    public void An_unknown_GPU_is_an_error_with_the_nearest_names(string command)
    {
        var error = Assert.Single(session.Run(command).Errors);

        Assert.StartsWith("GpuUnknown,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("H100 SXM55", error.TargetObject);
        Assert.Contains("H100 SXM5 80GB", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ContextLength 4k", "ContextLength")]
    [InlineData("-Concurrency 8", "Concurrency")]
    [InlineData("-TP 2", "TensorParallel")]
    public void A_setting_beside_a_made_estimate_is_an_error_that_says_where_it_belongs(string setting, string name)
    {
        var error = Assert.Single(session.Run(
            $"try {{ Get-LlmMemoryEstimate -Model gpt2 -Engine vLLM -ContextLength 512 | Test-LlmMemoryFit -Gpu L4 {setting} }} catch {{ $_ }}").Output);
        var record = Assert.IsType<ErrorRecord>(error.BaseObject);

        Assert.StartsWith("SettingBesideEstimate,", record.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"Get-LlmMemoryEstimate -{name}", record.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-LlmMemoryFit 7B")]
    [InlineData("Get-LlmMemoryEstimate 7B | Test-LlmMemoryFit")]
    [InlineData("Find-LlmLimit 7B -Maximize Parameters")]
    [InlineData("Test-LlmMemoryFit 7B -Count 2")]
    public void Devices_that_nobody_says_are_an_error(string command)
    {
        var error = Assert.Single(session.Run(command).Errors);

        Assert.StartsWith("DevicesMissing,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Gpu 'H100 SXM5'", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_records_go_on_after_the_bad_ones_among_them()
    {
        var result = session.Run(
            "1..1000 | ForEach-Object { [pscustomobject]@{ Parameters = $(if ($_ % 100) { \"${_}M\" } else { 'many' }) } } | Test-LlmMemoryFit -Memory 1GB");

        Assert.Equal(990, result.Output.Count);
        Assert.Equal(10, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Equal("many", error.TargetObject));
        Assert.Equal(531, result.Output.Count(fits => fits.BaseObject is true));
    }

    // What the engine took by itself comes back as if it had been said: live, it would be taken anew for the device.
    [Fact]
    public void A_deserialised_estimate_is_asked_again_by_its_settings()
    {
        var result = session.Run("""
            $made = Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM -ContextLength 8k -Concurrency 4 -MaxSequences 256 -MaxBatchedTokens 2048
            $wire = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($made))
            $made | Test-LlmMemoryFit -Gpu L4 -PassThru
            $wire | Test-LlmMemoryFit -Gpu L4 -PassThru
            """).Clean();

        Assert.Equal(result[0].Get("RequiredBytes"), result[1].Get("RequiredBytes"));
        Assert.Equal(result[0].Get("AvailableBytes"), result[1].Get("AvailableBytes"));
        Assert.Equal(result[0].Get("Fits"), result[1].Get("Fits"));
    }

    [Theory]
    [InlineData("Find-LlmLimit -Model llama-3.1-8b -Engine LlamaCpp -Maximize ContextLength -Gpu 'RTX 4090'", "ContextLength")]
    [InlineData("Find-LlmLimit -Model llama-3.1-8b -Engine vLLM -ContextLength 8k -Maximize Concurrency -Gpu L4", "Concurrency")]
    [InlineData("Get-LoraMemoryEstimate -Model llama-3.2-1b -SequenceLength 512 -MicroBatchSize 1 | Find-LlmLimit -Maximize Rank -Memory 8GB", "Rank")]
    [InlineData("Get-LlmMemoryEstimate -Model llama-3.2-1b -Mode Training -SequenceLength 512 | Find-LlmLimit -Maximize MicroBatchSize -Gpu L4", "MicroBatchSize")]
    [InlineData("Find-LlmLimit 7B -Maximize Parameters -Memory 24GB", "Parameters")]
    public void A_limit_has_its_value_and_the_next(string command, string setting)
    {
        var limit = session.Run(command).Single();

        Assert.Equal((setting, "Maximize"), (limit.Get("Setting"), limit.Get("Direction")));
        Assert.True((long)limit.Get("Value")! > 0);
        Assert.Equal((long)limit.Get("Value")! + 1, limit.Get("NextValue"));
        Assert.NotNull(limit.Get("Reason"));
    }

    [Fact]
    public void Several_settings_are_several_limits_and_one_that_does_not_suit_leaves_the_others()
    {
        var result = session.Run("Find-LlmLimit -Model llama-3.1-8b -Engine vLLM -ContextLength 8k -Gpu L4 -Maximize Concurrency,Rank -Minimize TensorParallel,DataTypeBits");

        Assert.StartsWith("LimitSettingUnsuited,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(["Concurrency", "TensorParallel", "DataTypeBits"], result.Values("Setting"));
        Assert.Equal([1L, "AWQ"], result.Values("Value").Skip(1));
    }

    [Theory]
    [InlineData("Find-LlmLimit 7B -Maximize Speed -Memory 24GB", "LimitSettingUnknown")]
    [InlineData("Find-LlmDeployment 7B -Objective Beauty -Memory 24GB", "ObjectiveUnknown")]
    [InlineData("Find-LlmDeployment 7B -Instance p99.large", "CloudInstanceUnknown")]
    [InlineData("Find-LlmDeployment 7B -Memory 24GB -Objective LowestCost", "PricesMissing")]
    [InlineData("Find-LlmDeployment 7B -Gpu L4 -PriceList ([pscustomobject]@{ Gpu = 'L4'; PricePerHour = 'cheap' })", "PriceInvalid")]
    [InlineData("Find-LlmDeployment 7B -Gpu L4 -PriceList ([pscustomobject]@{ PricePerHour = '1' })", "PriceInvalid")]
    [InlineData("Test-LlmMemoryFit 7B -Memory 24GB -Headroom most", "HeadroomInvalid")]
    [InlineData("Test-LlmMemoryFit 7B -Memory 24GB -Strict", "FitBandMissing")]
    public void What_cannot_be_asked_is_an_error_with_an_id(string command, string id)
    {
        Assert.StartsWith($"{id},", Assert.Single(session.Run(command).Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Find-LlmLimit 7B -Memory 24GB", "LimitSettingUnknown")]
    [InlineData("Find-LlmLimit 7B -Minimize Parameters -Memory 24GB", "LimitSettingUnsuited")]
    [InlineData("Find-LlmLimit 7B -Maximize ZeroStage -Memory 24GB", "LimitSettingUnsuited")]
    public void A_limit_of_nothing_ends_the_command(string command, string id)
    {
        var record = Assert.IsType<ErrorRecord>(session.Run($"try {{ {command} }} catch {{ $_ }}").Single().BaseObject);

        Assert.StartsWith($"{id},", record.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-LlmMemoryFit")]
    [InlineData("Find-LlmLimit")]
    [InlineData("Find-LlmDeployment")]
    public void A_question_changes_nothing_and_has_no_WhatIf(string command)
    {
        Assert.Equal(false, session.Run($"(Get-Command {command}).Parameters.ContainsKey('WhatIf')").Single().BaseObject);
    }

    [Fact]
    public void A_plan_is_found_on_machine_types_with_a_price()
    {
        var plans = session.Run(
            "Find-LlmDeployment -Model llama-3.1-70b -Engine vLLM -ContextLength 8k -Instance 'p5*' -Objective LowestCost "
            + "-PriceList ([pscustomobject]@{ Instance = 'p5.48xlarge'; PricePerHour = '55.04'; Currency = 'USD' }, [pscustomobject]@{ Instance = 'p5en.48xlarge'; PricePerHour = 63.3 })").Clean();

        Assert.Equal(("p5.48xlarge", 55.04m, 2, 1), (plans[0].Get("Instance"), plans[0].Get("CostPerHour"), plans[0].Get("GpuCount"), plans[0].Get("Rank")));
        Assert.Contains(63.3m, plans.Select(plan => plan.Get("CostPerHour")));
    }

    [Fact]
    public void What_fits_nowhere_is_a_warning_and_advice_to_those_who_ask()
    {
        var plain = session.Run("Find-LlmDeployment -Model llama-3.1-70b -Engine vLLM -ContextLength 8k -Gpu T4 -Count 1");
        var why = session.Run("Find-LlmDeployment -Model llama-3.1-70b -Engine vLLM -ContextLength 8k -Gpu T4 -Count 1 -Why");

        Assert.Empty(plain.Output);
        Assert.Contains("-Why", Assert.Single(plain.Warnings), StringComparison.Ordinal);
        Assert.All(why.Clean(), advice => Assert.Equal("LlmMemory.Planning.Deployments.DeploymentAdvice", advice.TypeNames[0]));
        Assert.Equal("DataType", why.Output[0].Get("Setting"));
    }

    [Fact]
    public void Figures_are_written_with_a_point_wherever_the_user_lives()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var fit = session.Run("Test-LlmMemoryFit '7.5B' -Memory 8.5GB -Headroom '2.5%' -PassThru").Single();
            var plan = session.Run("Find-LlmDeployment 7B -Gpu L4 -PriceList ([pscustomobject]@{ Gpu = 'L4'; PricePerHour = 0.8 })").Single();

            Assert.Equal("Device 0 needs 13.97 GiB, and device of 8.5 GiB has 8.5 GiB, of which 0.21 GiB stay free.", fit.Get("Reason"));
            Assert.Equal(0.8m, plan.Get("CostPerHour"));
            Assert.Contains(".", plan.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("Test-LlmMemoryFit 7B -Gpu 'H100 S", "'H100 SXM5 80GB'")]
    [InlineData("Find-LlmLimit 7B -Maximize Co", "ContextLength,Concurrency")]
    [InlineData("Find-LlmLimit 7B -Minimize ", "TensorParallel,Count,ZeroStage,DataTypeBits")]
    [InlineData("Find-LlmDeployment 7B -Objective ", "FewestGpus,LowestCost,MostHeadroom,Throughput")]
    [InlineData("Find-LlmDeployment 7B -Instance p5.", "p5.48xlarge")]
    public void Planning_completes(string line, string expected)
    {
        var matches = Complete(line);

        Assert.All(expected.Split(','), name => Assert.Contains(name, matches.Select(match => match.CompletionText)));
        Assert.All(matches, match => Assert.False(string.IsNullOrWhiteSpace(match.ToolTip)));
        Assert.All(matches, match => Assert.NotEqual(match.CompletionText.Trim('\''), match.ToolTip));
    }

    [Fact]
    public void A_tooltip_of_a_GPU_says_its_memory_and_that_of_a_machine_its_GPUs()
    {
        Assert.Contains("GiB usable", Complete("Test-LlmMemoryFit 7B -Gpu 'H100 SXM5").First().ToolTip, StringComparison.Ordinal);
        Assert.Contains("8 x H100 SXM5 80GB", Complete("Find-LlmDeployment 7B -Instance p5.48").First().ToolTip, StringComparison.Ordinal);
    }

    private List<CompletionResult> Complete(string line)
    {
        var quoted = $"'{line.Replace("'", "''", StringComparison.Ordinal)}'";
        return [.. ((CommandCompletion)session.Run($"TabExpansion2 {quoted} {line.Length}").Single().BaseObject).CompletionMatches];
    }
}
