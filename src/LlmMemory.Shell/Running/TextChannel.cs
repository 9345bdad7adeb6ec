using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LlmMemory.Shell.Running;

/// <summary>Lets the engine format results and errors, in the order in which they come, and hand them to the host.</summary>
internal sealed class TextChannel : IOutputChannel
{
    public void Invoke(PowerShell shell)
    {
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        shell.Invoke(null, new PSInvocationSettings { AddToHistory = true });
    }
}
