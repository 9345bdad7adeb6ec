using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Hardware.Probes;

/// <summary>What a tool printed, and how it ended.</summary>
internal sealed class ToolOutput(int exitCode, string text, string errors)
{
    private const int MaxLineLength = 500;

    /// <summary>0 for success.</summary>
    public int ExitCode => exitCode;

    /// <summary>What it printed.</summary>
    public string Text => text;

    /// <summary>The first line that says why it failed: nvidia-smi prints it among its output.</summary>
    public string Reason => FirstLine(errors) ?? FirstLine(text) ?? "it says nothing";

    /// <summary>True where the tool says so, in its output or among its errors.</summary>
    /// <param name="words">The words.</param>
    public bool Says(string words)
    {
        return text.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0 || errors.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    /// <summary>The lines of what a tool printed that can hold a fact; none is longer than what is worth a pattern's time.</summary>
    /// <param name="printed">What it printed.</param>
    public static IEnumerable<string> ShortLines(string printed)
    {
        return printed.Split('\n').Where(line => line.Length <= MaxLineLength);
    }

    private static string? FirstLine(string said)
    {
        return said.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);
    }
}
