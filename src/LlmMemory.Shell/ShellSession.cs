using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using LlmMemory.Shell.Hosting;
using LlmMemory.Shell.Output;
using Microsoft.PowerShell;

namespace LlmMemory.Shell;

/// <summary>One runspace with the module in it, and the one pipeline that runs there.</summary>
internal sealed class ShellSession : IDisposable
{
    private const string ModuleName = "LlmMemory";

    private readonly ConsoleHost _host;
    private readonly Runspace _runspace;
    private readonly Lock _gate = new();
    private PowerShell? _running;
    private bool _interrupted;

    private ShellSession(ConsoleHost host, Runspace runspace)
    {
        _host = host;
        _runspace = runspace;
        Console.CancelKeyPress += OnCancelKeyPress;
    }

    /// <summary>True once a script said <c>exit</c>.</summary>
    public bool ShouldExit => _host.ExitCode is not null;

    /// <summary>The code that <c>exit</c> gave.</summary>
    public int ExitCode => _host.ExitCode ?? ExitCodes.Success;

    /// <summary>Opens the runspace.</summary>
    /// <param name="isInteractive">True where somebody sits at the console and can be asked.</param>
    public static ShellSession Open(bool isInteractive)
    {
        var modules = Path.Combine(AppContext.BaseDirectory, "Modules");
        var inherited = Environment.GetEnvironmentVariable("PSModulePath");
        Environment.SetEnvironmentVariable(
            "PSModulePath", string.IsNullOrEmpty(inherited) ? modules : modules + Path.PathSeparator + inherited);

        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // PowerShell's own default on servers: local scripts run, downloaded ones need a signature.
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        }

        var host = new ConsoleHost(isInteractive);
        var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        return new ShellSession(host, runspace);
    }

    /// <summary>Imports the module; a failure is shown.</summary>
    public bool LoadModule()
    {
        return Run($"Import-Module {ModuleName} -ErrorAction Stop", OutputFormat.Text);
    }

    /// <summary>Runs a script as all that this process does.</summary>
    /// <returns>The process's exit code.</returns>
    public int RunOnce(string script, OutputFormat format)
    {
        var succeeded = Run(script, format);
        if (_interrupted)
        {
            return ExitCodes.Interrupted;
        }

        return ShouldExit ? ExitCode : succeeded ? ExitCodes.Success : ExitCodes.StatementFailed;
    }

    /// <summary>Runs a script and writes what it yields.</summary>
    /// <returns>False when a statement failed.</returns>
    public bool Run(string script, OutputFormat format)
    {
        _host.Console.ErrorShown = false;
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        try
        {
            Start(shell);
            Invoke(shell, format);
        }
        catch (PipelineStoppedException)
        {
            // Ctrl+C, or the reader of the output went away: what was written stands.
        }
        catch (RuntimeException exception)
        {
            ShowError(exception.ErrorRecord);
        }
        finally
        {
            Finish();
        }

        return !_host.Console.ErrorShown;
    }

    /// <summary>Completes a line.</summary>
    public CommandCompletion Complete(string line, int cursor)
    {
        using var shell = PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(line, cursor, [], shell);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKeyPress;
        _runspace.Dispose();
    }

    private void Invoke(PowerShell shell, OutputFormat format)
    {
        if (format == OutputFormat.Text)
        {
            shell.AddCommand("Out-Default");
            shell.Invoke();
            return;
        }

        // What came before a failure is written all the same, and properly ended.
        var records = new RecordSink(RecordWriters.Create(format, Console.Out));
        try
        {
            shell.Invoke(null, records.Collection);
        }
        finally
        {
            records.Dispose();
            records.Errors.ForEach(ShowError);
        }
    }

    private void ShowError(ErrorRecord error)
    {
        using var showing = _host.Console.BeginError();
        using var formatter = PowerShell.Create(_runspace);
        formatter.AddCommand("Out-Default").AddParameter("InputObject", error);
        formatter.Invoke();
    }

    private void Start(PowerShell shell)
    {
        lock (_gate)
        {
            _running = shell;
            _interrupted = false;
        }
    }

    private void Finish()
    {
        lock (_gate)
        {
            _running = null;
        }
    }

    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs pressed)
    {
        lock (_gate)
        {
            // At the prompt there is nothing to stop, and the shell stays.
            pressed.Cancel = _running is not null || _host.Console.IsInteractive;
            _interrupted = _running is not null;
            _running?.BeginStop(null, null);
        }
    }
}
