using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace LlmMemory.Shell.Tests;

public sealed class OutputTests
{
    [Fact]
    public async Task The_main_job_prints_the_modules_table()
    {
        var result = await ShellProcess.RunAsync(
            "Get-LlmMemoryEstimate", "-Parameters", "7B", "-DataType", "BF16", "-Mode", "Training");

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Contains("Total(GB)", result.Output, StringComparison.Ordinal);
        Assert.Contains("117.600", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Theory]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType BF16", 14_000_000_000)]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType INT4", 3_500_000_000)]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType BF16 -Mode Training", 117_600_000_000)]
    [InlineData("Get-LlmMemoryEstimate 13B -DataType float -Mode Training", 436_800_000_000)]
    [InlineData("Get-LlmMemoryEstimate 13B -DataType float -Mode Training -Optimizer SGD", 374_400_000_000)]
    [InlineData("Get-LlmMemoryEstimate 13B -DataType float -Mode Training -SafetyMargin 10%", 400_400_000_000)]
    [InlineData("Get-LlmMemoryEstimate 13B -DataType float -Mode Training -TrainingMultiplier 3", 374_400_000_000)]
    [InlineData("Get-LoraMemoryEstimate 7B 20M", 14_672_000_000)]
    [InlineData("Get-LoraMemoryEstimate 7B 20M -BaseDataType INT4", 4_172_000_000)]
    public async Task The_worked_figures_come_out_as_json_numbers(string command, long totalBytes)
    {
        var result = await ShellProcess.RunAsync("--output", "json", command);

        var record = Assert.Single(result.Json.EnumerateArray());
        Assert.Equal(totalBytes, record.GetProperty("TotalBytes").GetInt64());
        Assert.Equal(totalBytes, record.GetProperty("Components").EnumerateArray().Sum(c => c.GetProperty("Bytes").GetInt64()));
        Assert.Equal(JsonValueKind.Null, record.GetProperty("LowBytes").ValueKind);
    }

    [Fact]
    public async Task Json_lines_hold_one_object_each()
    {
        var result = await ShellProcess.RunAsync("--output", "jsonl", "'7B','13B' | Get-LlmMemoryEstimate");

        var totals = result.Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("TotalBytes").GetInt64());
        Assert.Equal([14_000_000_000, 26_000_000_000], totals);
    }

    [Fact]
    public async Task Csv_has_a_header_and_a_row_each()
    {
        var result = await ShellProcess.RunAsync("--output", "csv", "'7B','13B' | Get-LlmMemoryEstimate");

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("Model,Parameters,DataType,Mode,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(",7000000000,BF16,Inference,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_culture_changes_no_byte_of_the_data()
    {
        string[] command = ["--output", "json", "Get-LlmMemoryEstimate 7B -Mode Training -DataType NF4"];

        var english = await ShellProcess.RunAsync(command, null, new() { ["LC_ALL"] = "en_US.UTF-8" });
        var german = await ShellProcess.RunAsync(command, null, new() { ["LC_ALL"] = "de_DE.UTF-8" });

        Assert.Equal(english.Output, german.Output);
    }

    [Theory]
    [InlineData("80", false)]
    [InlineData("120", true)]
    public async Task A_redirected_table_is_as_wide_as_columns_says(string columns, bool showsAdapter)
    {
        var result = await ShellProcess.RunAsync(
            ["Get-LoraMemoryEstimate 7B 20M"], null, new Dictionary<string, string> { ["COLUMNS"] = columns });

        Assert.Equal(showsAdapter, result.Output.Contains("Adapter(GB)", StringComparison.Ordinal));
        Assert.All(result.Output.Split('\n'), line => Assert.True(line.Length <= int.Parse(columns, System.Globalization.CultureInfo.InvariantCulture)));
    }
}
