using System.Collections.Generic;
using System.Linq;
using RadLine;

namespace LlmMemory.Shell.Interactive;

/// <summary>Completes with PowerShell's own completion, so with the module's names and tooltips' texts.</summary>
internal sealed class TabCompletion(ShellSession session) : ITextCompletion
{
    /// <summary>Completes the word under the cursor.</summary>
    /// <param name="prefix">The line before the word.</param>
    /// <param name="word">The word, up to the cursor.</param>
    /// <param name="suffix">The line after the word.</param>
    public IEnumerable<string>? GetCompletions(string prefix, string word, string suffix)
    {
        var line = prefix + word;
        var completion = session.Complete(line, line.Length);
        if (completion.ReplacementIndex < prefix.Length)
        {
            return null;
        }

        // PowerShell may replace only a part of the word: the last item of a list, the name after a dot.
        var kept = line[prefix.Length..completion.ReplacementIndex];
        return completion.CompletionMatches.Select(match => kept + match.CompletionText);
    }
}
