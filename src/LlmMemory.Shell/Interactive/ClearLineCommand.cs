using RadLine;

namespace LlmMemory.Shell.Interactive;

/// <summary>Empties the line.</summary>
internal sealed class ClearLineCommand : LineEditorCommand
{
    public override void Execute(LineEditorContext context)
    {
        context.Buffer.Clear(0, context.Buffer.Length);
        context.Buffer.Move(0);
    }
}
