using System;
using RadLine;

namespace LlmMemory.Shell.Interactive;

/// <summary>Leaves the line without running it.</summary>
internal sealed class LeaveLineCommand(Action leave) : LineEditorCommand
{
    public override void Execute(LineEditorContext context)
    {
        leave();
        context.Submit(SubmitAction.Cancel);
    }
}
