using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LlmMemory.Shell.Interactive;

/// <summary>Completes what is typed with the engine's own completion, one candidate after the other.</summary>
internal sealed class Completer(Runspace runspace)
{
    private CommandCompletion? _candidates;
    private EditedLine _original;
    private EditedLine _last;

    /// <summary>The line with the next candidate; the line itself where there is none.</summary>
    /// <param name="line">The line as it stands.</param>
    /// <param name="forward">Whether to go on or back among the candidates.</param>
    public EditedLine Next(EditedLine line, bool forward)
    {
        if (_candidates is null || line != _last)
        {
            _original = line;
            _candidates = Candidates(line);
        }

        return _last = _candidates.GetNextResult(forward) is { } candidate ? Replace(candidate.CompletionText) : line;
    }

    private CommandCompletion Candidates(EditedLine line)
    {
        using var shell = PowerShell.Create(runspace);
        return CommandCompletion.CompleteInput(line.Text, line.Cursor, [], shell);
    }

    private EditedLine Replace(string completion)
    {
        var start = _candidates!.ReplacementIndex;
        var text = _original.Text.Remove(start, _candidates.ReplacementLength).Insert(start, completion);
        return new EditedLine(text, start + completion.Length);
    }
}
