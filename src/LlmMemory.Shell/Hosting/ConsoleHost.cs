using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace LlmMemory.Shell.Hosting;

/// <summary>PowerShell's host for this console.</summary>
internal sealed class ConsoleHost : PSHost
{
    public ConsoleHost(bool isInteractive)
    {
        Console = new ConsoleUserInterface(isInteractive);
    }

    /// <summary>The console, as the shell sees it.</summary>
    public ConsoleUserInterface Console { get; }

    /// <summary>What <c>exit</c> said, null as long as nothing did.</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "LlmMemory.Shell";

    public override PSHostUserInterface UI => Console;

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    public override void SetShouldExit(int exitCode)
    {
        ExitCode = exitCode;
    }

    public override void EnterNestedPrompt()
    {
        throw new NotSupportedException("This shell has no nested prompt. Full PowerShell has: https://aka.ms/powershell");
    }

    public override void ExitNestedPrompt()
    {
        throw new NotSupportedException("This shell has no nested prompt. Full PowerShell has: https://aka.ms/powershell");
    }

    public override void NotifyBeginApplication()
    {
        // A native command may do with the console as it likes.
    }

    public override void NotifyEndApplication()
    {
        // Nothing was changed for it.
    }
}
