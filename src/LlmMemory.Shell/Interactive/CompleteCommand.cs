using RadLine;

namespace LlmMemory.Shell.Interactive;

/// <summary>Puts the next completion in the place of the word at the cursor.</summary>
internal sealed class CompleteCommand(Completer completer, bool forward) : LineEditorCommand
{
    public override void Execute(LineEditorContext context)
    {
        var buffer = context.Buffer;
        var completed = completer.Next(new EditedLine(buffer.Content, buffer.Position), forward);
        buffer.Clear(0, buffer.Length);
        buffer.Move(0);
        buffer.Insert(completed.Text);
        buffer.Move(completed.Cursor);
    }
}
