using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace LlmMemory.Shell.Tests;

/// <summary>Runs the built shell as a process.</summary>
internal static class ShellProcess
{
    private static readonly string ShellAssembly = typeof(ShellProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ShellAssembly")
        .Value!;

    public static async Task<ShellResult> RunAsync(params string[] arguments)
    {
        return await RunAsync(arguments, standardInput: null, environment: []);
    }

    public static async Task<ShellResult> RunAsync(
        string[] arguments, string? standardInput, Dictionary<string, string> environment)
    {
        using var process = Start(arguments, environment);
        await process.StandardInput.WriteAsync(standardInput);
        process.StandardInput.Close();
        return await FinishAsync(process);
    }

    /// <summary>Starts the shell; the caller ends it.</summary>
    public static Process Start(string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [ShellAssembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
    }

    /// <summary>Waits for the end and collects what was written.</summary>
    public static async Task<ShellResult> FinishAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ShellResult(process.ExitCode, await output, await error);
    }
}
