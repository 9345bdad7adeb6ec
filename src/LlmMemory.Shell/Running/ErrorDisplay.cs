using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LlmMemory.Shell.Hosting;

namespace LlmMemory.Shell.Running;

/// <summary>Shows errors that do not pass through Out-Default on their own, in the engine's error view.</summary>
internal sealed class ErrorDisplay(Runspace runspace, ShellUserInterface ui)
{
    /// <summary>Shows what ended a script.</summary>
    /// <param name="error">The exception that the engine threw.</param>
    public void Show(RuntimeException error)
    {
        if (error is IncompleteParseException)
        {
            // Its record has no position, and the view then shows an empty line; its message has one.
            ui.WriteErrorLine(error.Message);
            return;
        }

        using var shell = PowerShell.Create(runspace);
        Show(shell, error.ErrorRecord);
    }

    /// <summary>Shows an error on the thread of the pipeline that wrote it, while that pipeline is running.</summary>
    /// <param name="error">The error.</param>
    public void ShowDuringPipeline(ErrorRecord error)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        Show(shell, error);
    }

    private void Show(PowerShell shell, ErrorRecord error)
    {
        // A record from outside a pipeline is formatted like any result; only the way it came marks it as an error.
        using (ui.ResultsAreErrors())
        {
            shell.AddCommand("Out-Default").Invoke(new[] { error });
        }
    }
}
