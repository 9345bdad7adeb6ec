using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LlmMemory.Tests.Hosting;

/// <summary>
/// A runspace of the real PowerShell engine with the staged module imported. Opening one takes over half a second,
/// so a test class shares one.
/// </summary>
public sealed class ModuleSession : IDisposable
{
    private readonly Runspace _runspace;

    public ModuleSession()
    {
        _runspace = Open(new RecordingHost(width: 120));
    }

    /// <summary>Opens a runspace that others may configure further.</summary>
    public static Runspace Open(RecordingHost host)
    {
        var runspace = RunspaceFactory.CreateRunspace(host, InitialState());
        runspace.Open();
        return runspace;
    }

    /// <summary>The engine's core commands and the module.</summary>
    public static InitialSessionState InitialState()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Repository.Manifest]);
        return state;
    }

    public PipelineResult Run(string script, params object?[] input)
    {
        return Run(_runspace, script, input);
    }

    public static PipelineResult Run(Runspace runspace, string script, params object?[] input)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript(script);
        var output = new List<PSObject>();
        shell.Invoke(input, output);
        return new PipelineResult(
            output,
            [.. shell.Streams.Error],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            [.. shell.Streams.Debug.Select(record => record.Message)],
            [.. shell.Streams.Progress]);
    }

    public void Dispose()
    {
        _runspace.Dispose();
    }
}
