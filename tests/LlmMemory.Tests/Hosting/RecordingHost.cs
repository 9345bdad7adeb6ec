using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace LlmMemory.Tests.Hosting;

/// <summary>A host of a given width that keeps what is written to it.</summary>
public sealed class RecordingHost : PSHost
{
    private readonly RecordingUserInterface _userInterface;

    public RecordingHost(int width)
    {
        _userInterface = new RecordingUserInterface(width);
    }

    /// <summary>The text written so far, without escape sequences.</summary>
    public string PlainText => _userInterface.PlainText;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "RecordingHost";

    public override PSHostUserInterface UI => _userInterface;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt()
    {
        throw new NotSupportedException();
    }

    public override void ExitNestedPrompt()
    {
        throw new NotSupportedException();
    }

    public override void NotifyBeginApplication()
    {
        // Nothing runs in this host that would care.
    }

    public override void NotifyEndApplication()
    {
        // Nothing runs in this host that would care.
    }

    public override void SetShouldExit(int exitCode)
    {
        // A test's script does not end the test run.
    }
}
