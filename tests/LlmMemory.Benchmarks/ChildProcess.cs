using System;
using System.Diagnostics;

namespace LlmMemory.Benchmarks;

/// <summary>This program, started again.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it and returns what it prints.</summary>
    public static string Run(params string[] arguments)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{string.Join(' ', arguments)}' failed with exit code {child.ExitCode}.");
    }
}
