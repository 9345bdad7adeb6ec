using RadLine;
using Spectre.Console;

namespace LlmMemory.Shell.Interactive;

/// <summary>What stands before the line. The editor takes its prompt once; the text may change.</summary>
internal sealed class PromptText : ILineEditorPrompt
{
    public string Text { get; set; } = string.Empty;

    public (Markup Markup, int Margin) GetPrompt(ILineEditorState state, int line)
    {
        return (new Markup(Markup.Escape(Text)), 0);
    }
}
