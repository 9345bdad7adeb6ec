using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace LlmMemory.Shell.Tests;

public sealed class ExitCodeTests
{
    [Fact]
    public async Task A_bad_record_fails_the_run_but_not_the_good_ones()
    {
        var result = await ShellProcess.RunAsync("--output", "json", "'7B','x','13B' | Get-LlmMemoryEstimate");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(2, result.Json.GetArrayLength());
        Assert.Contains("'x' is not a parameter count", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-LlmMemoryEstimate 7B -DataType foat", 1)]
    [InlineData("throw 'x'", 1)]
    [InlineData("no-such-command", 1)]
    [InlineData("Get-LlmMemoryEstimate 7B |", 1)]
    [InlineData("Get-LlmMemoryEstimate", 1)]
    [InlineData("exit 3", 3)]
    [InlineData("exit 0", 0)]
    [InlineData("try { throw 'x' } catch { }", 0)]
    public async Task The_exit_code_says_whether_a_statement_failed(string command, int exitCode)
    {
        var result = await ShellProcess.RunAsync(command);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(exitCode == 1, result.Error.Length > 0);
        Assert.DoesNotContain("   at System.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--output")]
    [InlineData("--output", "xml", "1")]
    [InlineData("--file", "no-such-script.ps1")]
    public async Task Bad_options_are_refused(params string[] arguments)
    {
        var result = await ShellProcess.RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_script_comes_from_a_file_with_arguments()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()} it's.ps1");
        await File.WriteAllTextAsync(path, "param($Size, $Mode) Get-LlmMemoryEstimate $Size -Mode $Mode");
        try
        {
            var result = await ShellProcess.RunAsync("--output", "json", "--file", path, "7 billion", "-Mode", "Training");

            Assert.Equal(117_600_000_000, result.Json[0].GetProperty("TotalBytes").GetInt64());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_script_comes_from_standard_input()
    {
        var result = await ShellProcess.RunAsync(["--output", "json"], "$n = 7e9\nGet-LlmMemoryEstimate $n\n", []);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(14_000_000_000, result.Json[0].GetProperty("TotalBytes").GetInt64());
    }

    [Theory]
    [InlineData("Get-LlmMemoryEstimate", "-Parameters", "7 billion")]
    [InlineData("Get-LlmMemoryEstimate", "7B", "|", "Where-Object", "{ $_.TotalGB -eq 14 }")]
    [InlineData("Get-LlmMemoryEstimate 7B")]
    public async Task Words_that_the_calling_shell_quoted_stay_words(params string[] words)
    {
        var result = await ShellProcess.RunAsync(["--output", "json", .. words]);

        Assert.Equal(14_000_000_000, result.Json[0].GetProperty("TotalBytes").GetInt64());
    }

    [Fact]
    public async Task Ctrl_C_stops_the_pipeline()
    {
        if (OperatingSystem.IsWindows())
        {
            // A console's Ctrl+C cannot be sent to one process there without hitting the test run itself.
            return;
        }

        using var shell = ShellProcess.Start(["'started'; while ($true) { }"], []);
        Assert.Equal("started", await shell.StandardOutput.ReadLineAsync());
        using (var kill = Process.Start("kill", ["-INT", $"{shell.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        // Long, for machines that build beside it: what counts is that it ends, and how.
        var result = await ShellProcess.FinishAsync(shell).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(130, result.ExitCode);
    }
}
