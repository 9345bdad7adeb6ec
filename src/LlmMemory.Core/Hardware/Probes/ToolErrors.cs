using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Hardware.Probes;

/// <summary>What can go wrong with tools, each in its words.</summary>
internal static class ToolErrors
{
    public static LlmMemoryException Missing(IEnumerable<string> tools, IReadOnlyList<string> folders)
    {
        var names = tools.ToList();
        return new LlmMemoryException(
            ErrorIds.GpuToolMissing,
            string.Join(", ", names),
            $"No tool that describes GPUs is on {Environment.MachineName}: none of {string.Join(", ", names)} lies in a folder of PATH"
            + $" or where drivers install it ({folders.Count} folders). Install the driver of the GPU, or put its tool's folder on PATH.");
    }

    public static LlmMemoryException NotStarted(GpuTool tool, Exception error)
    {
        return new LlmMemoryException(
            ErrorIds.GpuToolFailed, tool.Path, $"{tool.Path} cannot be started: {error.Message}. Try it by hand: {tool.Name} --help.", error);
    }

    public static LlmMemoryException Failed(GpuTool tool, ToolOutput output)
    {
        return new LlmMemoryException(
            ErrorIds.GpuToolFailed,
            tool.Path,
            FormattableString.Invariant($"{tool.Path} ended with exit code {output.ExitCode}: {output.Reason} Try it by hand: {tool.Name}."));
    }

    public static LlmMemoryException TimedOut(GpuTool tool, string arguments, TimeSpan timeout)
    {
        return new LlmMemoryException(
            ErrorIds.GpuToolTimedOut,
            tool.Path,
            FormattableString.Invariant($"{tool.Path} {arguments} did not end within {timeout.TotalSeconds:0.###} seconds and was ended.")
            + " A driver that hangs needs a look at the system's log; where it is only slow, allow more: -TimeoutSeconds 120.");
    }

    public static LlmMemoryException TooLong(GpuTool tool, string arguments, int bound)
    {
        return new LlmMemoryException(
            ErrorIds.GpuToolOutputInvalid,
            tool.Path,
            FormattableString.Invariant($"{tool.Path} {arguments} prints more than {bound} bytes, which no list of GPUs is, and was ended."));
    }

    public static LlmMemoryException NotUnderstood(GpuTool tool, string expected, string line, Exception? error = null)
    {
        return new LlmMemoryException(
            ErrorIds.GpuToolOutputInvalid,
            line,
            $"{tool.Path} prints {Quoted.Value(line.Trim())} where {expected} is expected: it is another tool of that name, or a version that is not known.",
            error);
    }
}
