using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LlmMemory.Shell.Hosting;

namespace LlmMemory.Shell.Running;

/// <summary>Runs scripts one after the other in the same runspace.</summary>
internal sealed class ScriptRunner(
    Runspace runspace, ShellHost host, IOutputChannel output, ErrorDisplay errors, Interrupts interrupts)
{
    /// <summary>Runs a script and shows what it yields.</summary>
    /// <param name="script">The script's text.</param>
    /// <returns>The exit code that the script would leave behind.</returns>
    public int Run(string script)
    {
        using var shell = PowerShell.Create(runspace);
        try
        {
            using var stopping = interrupts.Handle(() => shell.BeginStop(null, null));
            output.Invoke(shell.AddScript(script));
        }
        catch (PipelineStoppedException)
        {
            return ExitCode.Interrupted;
        }
        catch (RuntimeException error)
        {
            errors.Show(error);
        }

        // A pipeline that is stopped in a loop of its own ends without an exception.
        return shell.InvocationStateInfo.State == PSInvocationState.Stopped ? ExitCode.Interrupted : Code();
    }

    private int Code()
    {
        return host.RequestedExitCode ?? (Succeeded() ? ExitCode.Success : ExitCode.Failure);
    }

    // PowerShell.HadErrors also counts errors that the script caught or silenced, so it cannot be used.
    private bool Succeeded()
    {
        return !host.UserInterface.HasShownError && !EndedWithFailedProgram();
    }

    // $? alone is also false after an error that an empty catch block swallowed.
    private bool EndedWithFailedProgram()
    {
        var variables = runspace.SessionStateProxy;
        return variables.GetVariable("?") is false && variables.GetVariable("LASTEXITCODE") is int and not 0;
    }
}
