using System;
using System.Threading;
using RadLine;
using Spectre.Console;

namespace LlmMemory.Shell.Interactive;

/// <summary>The interactive prompt: history with the arrow keys, completion with Tab, <c>exit</c> or Ctrl+D to leave.</summary>
internal sealed class Prompt
{
    private const string Greeting =
        "LlmMemory shell: PowerShell's engine with the LlmMemory module. Full PowerShell: https://aka.ms/powershell";

    private readonly ShellSession _session;
    private readonly OutputFormat _format;
    private readonly LineEditor _editor;

    public Prompt(ShellSession session, OutputFormat format)
    {
        _session = session;
        _format = format;
        _editor = new LineEditor { Prompt = new LineEditorPrompt("PS>") };

        // The editor moves between the lines of an entry with these; in a shell they walk the history.
        _editor.KeyBindings.Add(ConsoleKey.UpArrow, () => new PreviousHistoryCommand());
        _editor.KeyBindings.Add(ConsoleKey.DownArrow, () => new NextHistoryCommand());

        var completion = new CompletionCycle(session);
        _editor.KeyBindings.Add(ConsoleKey.Tab, () => new CompletionCommand(completion, forward: true));
        _editor.KeyBindings.Add(
            ConsoleKey.Tab, ConsoleModifiers.Shift, () => new CompletionCommand(completion, forward: false));
    }

    /// <summary>Reads and runs lines until the user leaves.</summary>
    /// <returns>The process's exit code.</returns>
    public int Run()
    {
        AnsiConsole.WriteLine(Greeting);
        while (!_session.ShouldExit)
        {
            var line = _editor.ReadLine(CancellationToken.None).GetAwaiter().GetResult();
            if (line is null)
            {
                break;
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                _editor.History.Add(line);
                _session.Run(line, _format);
            }
        }

        return _session.ExitCode;
    }
}
