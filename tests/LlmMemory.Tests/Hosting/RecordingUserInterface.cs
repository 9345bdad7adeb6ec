using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;
using System.Text;

namespace LlmMemory.Tests.Hosting;

/// <summary>Keeps what is written; refuses to ask questions.</summary>
internal sealed class RecordingUserInterface : PSHostUserInterface
{
    private readonly StringBuilder _text = new();

    public RecordingUserInterface(int width)
    {
        RawUI = new FixedSizeRawUserInterface(width);
    }

    public string PlainText => new StringDecorated(_text.ToString()).ToString(OutputRendering.PlainText);

    public override PSHostRawUserInterface RawUI { get; }

    public override void Write(string value)
    {
        _text.Append(value);
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        _text.Append(value);
    }

    public override void WriteLine(string value)
    {
        _text.Append(value).Append('\n');
    }

    public override void WriteErrorLine(string value)
    {
        WriteLine(value);
    }

    public override void WriteDebugLine(string message)
    {
        WriteLine(message);
    }

    public override void WriteVerboseLine(string message)
    {
        WriteLine(message);
    }

    public override void WriteWarningLine(string message)
    {
        WriteLine(message);
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        // Progress is no output.
    }

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        throw new NotSupportedException("Nobody is there to answer.");
    }

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        throw new NotSupportedException("Nobody is there to answer.");
    }

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName)
    {
        throw new NotSupportedException("Nobody is there to answer.");
    }

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        throw new NotSupportedException("Nobody is there to answer.");
    }

    public override string ReadLine()
    {
        throw new NotSupportedException("Nobody is there to answer.");
    }

    public override SecureString ReadLineAsSecureString()
    {
        throw new NotSupportedException("Nobody is there to answer.");
    }
}
