using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace LlmMemory.Shell.Tests;

public sealed class ScriptFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.ps1");

    public void Dispose()
    {
        File.Delete(_path);
    }

    [Fact]
    public async Task A_files_exit_code_is_the_process_exit_code()
    {
        var result = await RunAsync("exit 5");

        Assert.Equal(5, result.ExitCode);
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("$(1+1)")]
    [InlineData("a;b")]
    [InlineData("7 billion")]
    [InlineData("it's")]
    [InlineData("-5")]
    public async Task An_argument_is_text_and_never_script(string argument)
    {
        var result = await RunAsync("param($Value) $Value", argument);

        Assert.Equal(argument, result.Output.TrimEnd());
    }

    [Fact]
    public async Task An_error_in_a_file_names_the_file_and_the_line()
    {
        var result = await RunAsync("'before'\nGet-Nothing\n'after'");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{_path}:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("after", result.Output, StringComparison.Ordinal);
    }

    private async Task<ShellResult> RunAsync(string script, params string[] arguments)
    {
        await File.WriteAllTextAsync(_path, script);
        return await ShellProcess.RunAsync(["--file", _path, .. arguments]);
    }
}
