using System.Management.Automation;
using RadLine;

namespace LlmMemory.Shell.Interactive;

/// <summary>
/// Completes at the cursor with PowerShell's own completion; pressed again, the key walks through the matches. (The
/// editor's own completion only takes what begins with the same letters, case and all: <c>b</c> never became BF16.)
/// </summary>
internal sealed class CompletionCycle(ShellSession session)
{
    private CommandCompletion? _completion;
    private string? _shown;

    /// <summary>Puts the next or the previous match into the line.</summary>
    public void Step(LineBuffer line, bool forward)
    {
        if (_completion is null || line.Content != _shown)
        {
            _completion = session.Complete(line.Content, line.Position);
        }

        var match = _completion.CompletionMatches.Count > 0 ? _completion.GetNextResult(forward) : null;
        if (match is null)
        {
            return;
        }

        var start = _completion.ReplacementIndex;
        line.Clear(start, _completion.ReplacementLength);
        line.Move(start);
        line.Insert(match.CompletionText);
        line.Move(start + match.CompletionText.Length);
        _completion.ReplacementLength = match.CompletionText.Length;
        _shown = line.Content;
    }
}
