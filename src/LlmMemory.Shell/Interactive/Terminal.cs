using System;
using RadLine;
using Spectre.Console;

namespace LlmMemory.Shell.Interactive;

/// <summary>
/// The terminal as somebody types at it. Prompts go to standard error, so that results can be sent to a file or a pipe
/// from the prompt as well.
/// </summary>
internal static class Terminal
{
    /// <summary>Whether somebody can read a question and answer it.</summary>
    public static bool IsInteractive => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>A line editor where the terminal can do it, plain lines where it cannot.</summary>
    /// <param name="completer">Completes words; null where an answer is asked for, not a command.</param>
    public static ILineInput Open(Completer? completer = null)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) };
        var console = AnsiConsole.Create(settings);
        return LineEditor.IsSupported(console) ? new EditedLineInput(console, completer) : new PlainLineInput();
    }
}
