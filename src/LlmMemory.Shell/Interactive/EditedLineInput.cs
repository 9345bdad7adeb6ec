using System;
using System.Threading;
using RadLine;
using Spectre.Console;

namespace LlmMemory.Shell.Interactive;

/// <summary>Lines that can be edited, taken from the history and completed.</summary>
internal sealed class EditedLineInput : ILineInput
{
    private readonly PromptText _prompt = new();
    private readonly LineEditor _editor;
    private bool _isCancelled;

    public EditedLineInput(IAnsiConsole console, Completer? completer)
    {
        _editor = new LineEditor(console) { Prompt = _prompt };
        var keys = _editor.KeyBindings;
        keys.Add<PreviousHistoryCommand>(ConsoleKey.UpArrow);
        keys.Add<NextHistoryCommand>(ConsoleKey.DownArrow);
        keys.Add<ClearLineCommand>(ConsoleKey.Escape);
        keys.Add(ConsoleKey.C, ConsoleModifiers.Control, () => new LeaveLineCommand(() => _isCancelled = true));
        keys.Add(ConsoleKey.D, ConsoleModifiers.Control, () => new EndOfInputCommand());
        keys.Remove(ConsoleKey.Tab);
        if (completer is not null)
        {
            keys.Add(ConsoleKey.Tab, () => new CompleteCommand(completer, forward: true));
            keys.Add(ConsoleKey.Tab, ConsoleModifiers.Shift, () => new CompleteCommand(completer, forward: false));
        }
    }

    public string? ReadLine(string prompt)
    {
        _prompt.Text = prompt;
        _isCancelled = false;
        var line = EditLine();
        return _isCancelled ? throw new OperationCanceledException() : line;
    }

    private string? EditLine()
    {
        // While a line is edited Ctrl+C is a key like others; only a running command is interrupted.
        Console.TreatControlCAsInput = true;
        try
        {
            return _editor.ReadLine(CancellationToken.None).GetAwaiter().GetResult();
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }
}
