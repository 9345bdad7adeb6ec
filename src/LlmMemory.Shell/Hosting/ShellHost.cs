using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace LlmMemory.Shell.Hosting;

/// <summary>The console as the engine sees it.</summary>
internal sealed class ShellHost(ShellUserInterface userInterface) : PSHost
{
    /// <summary>What a script's <c>exit</c> asked for, null until it does.</summary>
    public int? RequestedExitCode { get; private set; }

    public ShellUserInterface UserInterface => userInterface;

    public override PSHostUserInterface UI => userInterface;

    public override string Name => "LlmMemory.Shell";

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode)
    {
        RequestedExitCode = exitCode;
    }

    public override void EnterNestedPrompt()
    {
        throw new HostException("This shell has no nested prompts.");
    }

    public override void ExitNestedPrompt()
    {
        throw new HostException("This shell has no nested prompts.");
    }

    public override void NotifyBeginApplication()
    {
        // A native command may take the console as it finds it.
    }

    public override void NotifyEndApplication()
    {
        // Nothing was changed for a native command.
    }
}
