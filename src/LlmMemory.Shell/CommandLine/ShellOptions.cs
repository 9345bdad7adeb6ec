using System.Collections.Generic;

namespace LlmMemory.Shell.CommandLine;

/// <summary>What the command line asks for.</summary>
internal sealed record ShellOptions
{
    public OutputFormat Output { get; init; } = OutputFormat.Text;

    /// <summary>The script file to run, null where the words are a command.</summary>
    public string? ScriptFile { get; init; }

    /// <summary>The words of the command, or the arguments of the script file.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
