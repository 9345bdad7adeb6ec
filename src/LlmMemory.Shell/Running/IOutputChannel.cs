using System.Management.Automation;

namespace LlmMemory.Shell.Running;

/// <summary>Takes what a script yields to standard output.</summary>
internal interface IOutputChannel
{
    /// <summary>Runs a script to its end.</summary>
    /// <param name="shell">Holds the script and nothing else.</param>
    void Invoke(PowerShell shell);
}
