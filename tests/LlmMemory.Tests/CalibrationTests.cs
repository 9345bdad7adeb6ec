using System;
using System.IO;
using System.Linq;
using LlmMemory.Core.Tests;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

public sealed class CalibrationTests : IClassFixture<ModuleSession>, IDisposable
{
    private const string Estimate = "$e = Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM -ContextLength 8k; ";

    private const string Lines = "'INFO torch peak memory increase: 1.92GiB; non-torch forward increase memory: 0.28GiB; weights memory: 14.99GiB.'";

    private readonly TemporaryFolder _folder = new();
    private readonly EnvironmentVariables _variables;
    private readonly ModuleSession _session;

    public CalibrationTests(ModuleSession session)
    {
        _session = session;
        _variables = EnvironmentVariables.OfNewUser(_folder.Path);
        _variables["XDG_DATA_HOME"] = _folder.Path;
    }

    private string Kept => Path.Combine(_folder.Path, "LlmMemory", "calibrations", "mine.json");

    public void Dispose()
    {
        _variables.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_saved_calibration_is_used_where_it_is_named()
    {
        var result = _session.Run(
            $"{Estimate}$null = {Lines} | Compare-LlmMemoryEstimate -Estimate $e -SaveCalibration mine; "
            + "Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM -ContextLength 8k -Calibration mine, '' | Get-LlmMemoryEstimate").Clean();

        Assert.Equal(["mine", null], result.Select(estimate => estimate.Get("Calibration")));
        Assert.Equal((long)(1.92m * (1L << 30)), result[0].Get("ActivationBytes"));
        Assert.Equal("Calibrated", result[0].Get("Validation"));
        Assert.NotEqual("Calibrated", result[1].Get("Validation"));
    }

    [Fact]
    public void WhatIf_compares_and_writes_nothing()
    {
        var rows = _session.Run($"{Estimate}{Lines} | Compare-LlmMemoryEstimate -Estimate $e -SaveCalibration mine -WhatIf").Clean();

        Assert.NotEmpty(rows);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Two_logs_are_one_calibration_and_further_ones_are_added_by_name()
    {
        foreach (var name in new[] { "a.log", "b.log", "c.log" })
        {
            _folder.Write(name, Lines.Trim('\''));
        }

        var compare = $"{Estimate}$null = Compare-LlmMemoryEstimate -Estimate $e -SaveCalibration mine -Log ";
        _session.Run($"{compare}'{_folder.At("a.log")}', '{_folder.At("b.log")}'").Clean();
        var refused = _session.Run($"{compare}'{_folder.At("c.log")}'");
        _session.Run($"{compare}'{_folder.At("c.log")}' -Append").Clean();

        Assert.Equal("CalibrationExists", refused.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.All(new[] { "a.log", "b.log", "c.log" }, name => Assert.Contains($"\"{name}\"", File.ReadAllText(Kept), StringComparison.Ordinal));
        _session.Run($"{compare}'{_folder.At("c.log")}' -Force").Clean();
        Assert.DoesNotContain("a.log", File.ReadAllText(Kept), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_kept_complete_with_what_they_are()
    {
        _session.Run($"{Estimate}$null = {Lines} | Compare-LlmMemoryEstimate -Estimate $e -SaveCalibration mine").Clean();
        const string Line = "Get-LlmMemoryEstimate -Model gpt2 -Calibration ";
        var match = ((System.Management.Automation.CommandCompletion)_session.Run($"TabExpansion2 '{Line}' {Line.Length}").Single().BaseObject).CompletionMatches.Single();

        Assert.Equal("mine", match.CompletionText);
        Assert.StartsWith("vLLM 0.19, 1 log(s), saved 20", match.ToolTip, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calibration_that_does_not_hold_is_an_error_of_its_own()
    {
        var result = _session.Run(
            $"{Estimate}$null = {Lines} | Compare-LlmMemoryEstimate -Estimate $e -SaveCalibration mine; "
            + "Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM, SGLang -Calibration mine");

        Assert.Single(result.Output);
        Assert.Equal("CalibrationMismatch", result.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("mine", result.Errors.Single().TargetObject);
    }
}
