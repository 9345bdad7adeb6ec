using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using LlmMemory.Shell.Hosting;

namespace LlmMemory.Shell.Running;

/// <summary>Opens the PowerShell engine with the module that lies beside the executable.</summary>
internal static class ModuleRunspace
{
    private const string ModulePathVariable = "PSModulePath";

    private static readonly string ModulesDirectory = Path.Combine(AppContext.BaseDirectory, "Modules");

    /// <summary>Opens a runspace and imports the module.</summary>
    /// <param name="host">Where the engine's output goes.</param>
    /// <exception cref="RuntimeException">The module cannot be imported.</exception>
    public static Runspace Open(ShellHost host)
    {
        PutModulesFirst();
        var runspace = RunspaceFactory.CreateRunspace(host, InitialState());
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        try
        {
            ImportModule(runspace);
            return runspace;
        }
        catch
        {
            // Its thread would keep the process alive.
            runspace.Dispose();
            throw;
        }
    }

    private static void PutModulesFirst()
    {
        var others = Environment.GetEnvironmentVariable(ModulePathVariable);
        var all = string.IsNullOrEmpty(others) ? ModulesDirectory : ModulesDirectory + Path.PathSeparator + others;
        Environment.SetEnvironmentVariable(ModulePathVariable, all);
    }

    private static InitialSessionState InitialState()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // The default where nobody chose one is Restricted, which refuses the module's own format file.
            // RemoteSigned is what PowerShell itself installs with, and a group policy still overrules it.
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        }

        return state;
    }

    private static void ImportModule(Runspace runspace)
    {
        // By path, not by name: if ours is missing, another LlmMemory on the search path must not stand in for it.
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module")
            .AddParameter("Name", Path.Combine(ModulesDirectory, "LlmMemory", "LlmMemory.psd1"))
            .AddParameter("ErrorAction", ActionPreference.Stop)
            .Invoke();
    }
}
