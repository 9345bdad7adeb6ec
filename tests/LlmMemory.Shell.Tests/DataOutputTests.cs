using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace LlmMemory.Shell.Tests;

public sealed class DataOutputTests
{
    [Theory]
    [InlineData("[guid]::Empty", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("[timespan]::FromMinutes(1)", "\"00:01:00\"")]
    [InlineData("[char]65", "\"A\"")]
    [InlineData("[DayOfWeek]::Friday", "\"Friday\"")]
    [InlineData("[bigint]::Pow(10, 25)", "10000000000000000000000000")]
    [InlineData("[single]0.1", "0.1")]
    [InlineData("[double]::NaN", "\"NaN\"")]
    [InlineData("$null", "null")]
    [InlineData("@{ a = @(1, $null) }", "{\"a\":[1,null]}")]
    public async Task A_value_is_one_json_value(string script, string json)
    {
        var result = await ShellProcess.RunAsync("--output", "jsonl", script);

        Assert.Equal(json + "\n", result.Output);
    }

    [Fact]
    public async Task Json_is_an_array_even_of_nothing()
    {
        var result = await ShellProcess.RunAsync("--output", "json", "throw 'x'");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(0, result.Json.GetArrayLength());
    }

    [Fact]
    public async Task What_a_script_says_to_people_stays_out_of_the_data()
    {
        var result = await ShellProcess.RunAsync("--output", "json", "$Host.UI.WriteLine('chat'); 1");

        Assert.Equal(1, result.Json[0].GetInt32());
        Assert.Contains("chat", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'a', 'b'", "Value|a|b")]
    [InlineData("[ordered]@{ a = 1; b = 2.5 }", "a,b|1,2.5")]
    [InlineData("[pscustomobject]@{ a = @(1, 2); b = [datetime]::new(2020, 1, 2) }", "a,b|1; 2,2020-01-02T00:00:00.0000000")]
    public async Task A_row_holds_what_the_result_holds(string script, string rows)
    {
        var result = await ShellProcess.RunAsync("--output", "csv", script);

        Assert.Equal(rows.Split('|'), result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.TrimEnd()));
    }

    [Fact]
    public async Task Unfinished_script_says_what_is_missing()
    {
        var result = await ShellProcess.RunAsync("1 +");

        Assert.Contains("following the '+' operator", result.Error, StringComparison.Ordinal);
    }
}
