using System;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LlmMemory.Benchmarks;

/// <summary>A runspace of the real PowerShell engine, with nothing imported.</summary>
internal sealed class PowerShellSession : IDisposable
{
    private readonly Runspace _runspace;

    public PowerShellSession()
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

        // Without this each run would start a thread of its own, and be timed for it.
        _runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace.Open();
    }

    public void Import(string manifest)
    {
        using var shell = Shell();
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", "Stop");
        shell.Invoke();
    }

    public void SetVariable(string name, object value)
    {
        _runspace.SessionStateProxy.SetVariable(name, value);
    }

    /// <summary>Runs a script; an error of its own would spoil the timing, so it ends the benchmark.</summary>
    public Collection<PSObject> Run(string script)
    {
        using var shell = Shell();
        var output = shell.AddScript(script).Invoke();
        return shell.HadErrors
            ? throw new InvalidOperationException($"'{script}' wrote an error: {shell.Streams.Error[0]}")
            : output;
    }

    public void Dispose()
    {
        _runspace.Dispose();
    }

    private PowerShell Shell()
    {
        var shell = PowerShell.Create();
        shell.Runspace = _runspace;
        return shell;
    }
}
