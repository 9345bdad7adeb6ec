using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace LlmMemory.Shell.Hosting;

/// <summary>
/// Sends results to one stream and everything that is said about them, errors, warnings, questions and progress, to
/// another.
/// </summary>
internal sealed class ShellUserInterface(TextStream results, TextStream messages, IQuestioner questioner)
    : PSHostUserInterface
{
    private readonly ProgressLine _progress = new(messages);
    private TextStream _results = results;

    /// <summary>Whether an error has been shown.</summary>
    public bool HasShownError { get; private set; }

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface();

    public override bool SupportsVirtualTerminal => _results.IsDecorated || messages.IsDecorated;

    /// <summary>Makes whatever is written an error until the answer is disposed.</summary>
    public IDisposable ResultsAreErrors()
    {
        HasShownError = true;
        var usual = _results;
        _results = messages;
        return new Undo(() => _results = usual);
    }

    public override void Write(string value)
    {
        _progress.Clear();
        _results.Write(value);
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        var style = PSStyle.Instance;
        Write(style.Foreground.FromConsoleColor(foregroundColor)
            + style.Background.FromConsoleColor(backgroundColor) + value + style.Reset);
    }

    public override void WriteLine(string value)
    {
        _progress.Clear();
        _results.WriteLine(value);
    }

    public override void WriteErrorLine(string value)
    {
        HasShownError = true;
        WriteMessage(value);
    }

    public override void WriteWarningLine(string message)
    {
        WriteMessage(PSStyle.Instance.Formatting.Warning, $"WARNING: {message}");
    }

    public override void WriteVerboseLine(string message)
    {
        WriteMessage(PSStyle.Instance.Formatting.Verbose, $"VERBOSE: {message}");
    }

    public override void WriteDebugLine(string message)
    {
        WriteMessage(PSStyle.Instance.Formatting.Debug, $"DEBUG: {message}");
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        _progress.Show(record);
    }

    public override string ReadLine()
    {
        return questioner.Ask(string.Empty);
    }

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        WriteCaption(caption, message);
        return new FieldPrompt(questioner, messages).Ask(descriptions);
    }

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteCaption(caption, message);
        return new ChoicePrompt(questioner, choices, defaultChoice).Ask();
    }

    public override SecureString ReadLineAsSecureString()
    {
        throw NoSecrets();
    }

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName)
    {
        throw NoSecrets();
    }

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        throw NoSecrets();
    }

    private static HostException NoSecrets()
    {
        return new HostException("This shell asks for no passwords; PowerShell does: https://aka.ms/powershell.");
    }

    private void WriteCaption(params string[] lines)
    {
        foreach (var line in lines)
        {
            if (!string.IsNullOrEmpty(line) && questioner.IsSomebodyThere)
            {
                WriteMessage(line);
            }
        }
    }

    private void WriteMessage(string style, string text)
    {
        WriteMessage(style + text + PSStyle.Instance.Reset);
    }

    private void WriteMessage(string text)
    {
        _progress.Clear();
        messages.WriteLine(text);
    }
}
