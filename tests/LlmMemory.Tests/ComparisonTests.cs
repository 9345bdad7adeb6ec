using System.IO;
using System.Linq;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

public sealed class ComparisonTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private const string Estimate = "$e = Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM -DeviceMemory 80GB; ";

    private static readonly string Log = Repository.File("tests", "LlmMemory.Core.Tests", "Data", "logs", "vllm-v0.log");

    [Fact]
    public void A_path_a_literal_path_and_lines_of_the_pipeline_are_one_log()
    {
        var lines = string.Join(", ", File.ReadLines(Log).Select(line => $"'{line.Replace("'", "''", System.StringComparison.Ordinal)}'"));
        string[] scripts =
        [
            $"Compare-LlmMemoryEstimate '{Log}' $e",
            $"Compare-LlmMemoryEstimate -Log '{Log[..^5]}?.log' -Estimate $e",
            $"$e | Compare-LlmMemoryEstimate -Log '{Log}'",
            $"Compare-LlmMemoryEstimate -LiteralPath '{Log}' -Estimate $e",
            $"[pscustomobject]@{{ PSPath = '{Log}' }} | Compare-LlmMemoryEstimate -Estimate $e",
            $"{lines} | Compare-LlmMemoryEstimate -Estimate $e",
            $"Compare-LlmMemoryEstimate -Line {lines} -Estimate $e",
        ];

        var answers = scripts.Select(script => session.Run(Estimate + script).Clean().Select(row => $"{row} {row.Get("LogLine")}").ToList()).ToList();
        Assert.Equal(9, answers[0].Count);
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Fact]
    public void Each_estimate_is_compared_with_each_log()
    {
        var rows = session.Run(
            $"Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM -DeviceMemory 80GB -MaxSequences 256,1024 | Compare-LlmMemoryEstimate '{Log}', '{Log}'").Clean();

        Assert.Equal(4, rows.Count(row => row.Get("Name") is "Activations"));
    }

    [Fact]
    public void A_log_that_fails_leaves_the_rest_alone()
    {
        var result = session.Run(Estimate + $"Compare-LlmMemoryEstimate none.log, '{Log}' $e; Compare-LlmMemoryEstimate -LiteralPath 'no*.log' -Estimate $e");

        Assert.Equal(9, result.Output.Count);
        Assert.Equal(["LogNotFound", "LogNotFound"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal("none.log", result.Errors[0].TargetObject);
    }

    [Fact]
    public void A_gate_reads_the_percentage()
    {
        var worst = session.Run(
            Estimate + $"Compare-LlmMemoryEstimate '{Log}' $e | Where-Object {{ $_.Name -eq 'KV cache' -and [math]::Abs($_.PercentDifference) -lt 0.1 }}").Single();

        Assert.Equal("Device 0", worst.Get("Device"));
    }

    [Theory]
    [InlineData(80, false)]
    [InlineData(120, true)]
    public void A_narrow_console_shows_both_figures_and_a_wide_one_explains_them(int width, bool explains)
    {
        var host = new RecordingHost(width);
        using var runspace = ModuleSession.Open(host);
        ModuleSession.Run(runspace, $"{Estimate} Compare-LlmMemoryEstimate '{Log}' $e | Out-Default").Clean();

        Assert.Contains("Weights           Device 0         16.094     16.095        -1,313,014   -0.008", host.PlainText, System.StringComparison.Ordinal);
        Assert.Equal(explains, host.PlainText.Contains("Explanation", System.StringComparison.Ordinal));
    }
}
