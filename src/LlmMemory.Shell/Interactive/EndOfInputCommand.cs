using RadLine;

namespace LlmMemory.Shell.Interactive;

/// <summary>Ends the input, as Ctrl+D does in other shells: on an empty line only.</summary>
internal sealed class EndOfInputCommand : LineEditorCommand
{
    public override void Execute(LineEditorContext context)
    {
        if (context.Buffer.Length == 0)
        {
            context.Submit(SubmitAction.Cancel);
        }
    }
}
