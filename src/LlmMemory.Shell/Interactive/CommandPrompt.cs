using System;
using System.Linq;
using System.Management.Automation.Language;
using LlmMemory.Shell.Hosting;
using LlmMemory.Shell.Running;

namespace LlmMemory.Shell.Interactive;

/// <summary>Reads commands and runs them until <c>exit</c> or Ctrl+D.</summary>
internal sealed class CommandPrompt(ILineInput input, ScriptRunner runner, ShellHost host, Interrupts interrupts)
{
    private const string Prompt = "LlmMemory> ";
    private const string Continuation = ">> ";
    private const string Greeting =
        "The LlmMemory module on the bare PowerShell engine; full PowerShell is at https://aka.ms/powershell. exit leaves.";

    /// <summary>Runs the prompt.</summary>
    /// <returns>The exit code that <c>exit</c> gave.</returns>
    public int Run()
    {
        Console.Error.WriteLine(Greeting);
        while (host.RequestedExitCode is null && TryReadScript(out var script))
        {
            Run(script);
        }

        return host.RequestedExitCode ?? ExitCode.Success;
    }

    private void Run(string script)
    {
        if (!string.IsNullOrWhiteSpace(script))
        {
            // One Ctrl+C too many must not end the shell.
            using var patience = interrupts.Handle(() => { });
            runner.Run(script);
        }
    }

    private bool TryReadScript(out string script)
    {
        try
        {
            var line = input.ReadLine(Prompt);
            script = line ?? string.Empty;
            while (line is not null && IsIncomplete(script))
            {
                line = input.ReadLine(Continuation);
                script += '\n' + line;
            }

            return line is not null;
        }
        catch (OperationCanceledException)
        {
            script = string.Empty;
            return true;
        }
    }

    private static bool IsIncomplete(string script)
    {
        Parser.ParseInput(script, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
