using RadLine;

namespace LlmMemory.Shell.Interactive;

/// <summary>What Tab and Shift+Tab do.</summary>
internal sealed class CompletionCommand(CompletionCycle cycle, bool forward) : LineEditorCommand
{
    public override void Execute(LineEditorContext context)
    {
        cycle.Step(context.Buffer, forward);
    }
}
