using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace LlmMemory.Shell.Hosting;

/// <summary>
/// Writes output to standard output and everything about the run (errors, warnings, verbose, debug) to standard
/// error, so that what is piped on is data.
/// </summary>
internal sealed class ConsoleUserInterface(bool isInteractive) : PSHostUserInterface
{
    private readonly PlainOrColoured _output = new(Console.Out, Console.IsOutputRedirected);
    private readonly PlainOrColoured _error = new(Console.Error, Console.IsErrorRedirected);
    private bool _isShowingError;

    /// <summary>True where somebody sits at the console.</summary>
    public bool IsInteractive { get; } = isInteractive;

    /// <summary>True once an error was shown; the shell's exit code says so.</summary>
    public bool ErrorShown { get; set; }

    private PlainOrColoured Out => _isShowingError ? _error : _output;

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawUserInterface();

    public override bool SupportsVirtualTerminal => _output.IsColoured;

    /// <summary>
    /// Until it is disposed of, what is drawn is an error and goes to standard error: the engine's formatter draws an
    /// error record that it is handed like any other object.
    /// </summary>
    public IDisposable BeginError()
    {
        ErrorShown = true;
        _isShowingError = true;
        return new ErrorScope(this);
    }

    public override void Write(string value)
    {
        Out.Write(value);
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        Out.Write(value);
    }

    public override void WriteLine(string value)
    {
        Out.WriteLine(value);
    }

    public override void WriteErrorLine(string value)
    {
        ErrorShown = true;
        _error.WriteLine(value);
    }

    public override void WriteDebugLine(string message)
    {
        _error.WriteLine("DEBUG: " + message);
    }

    public override void WriteVerboseLine(string message)
    {
        _error.WriteLine("VERBOSE: " + message);
    }

    public override void WriteWarningLine(string message)
    {
        _error.WriteLine("WARNING: " + message);
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        // The module's work takes milliseconds; a bar would only flicker.
    }

    public override string ReadLine()
    {
        return IsInteractive ? Console.ReadLine() ?? string.Empty : throw NobodyToAsk();
    }

    public override SecureString ReadLineAsSecureString()
    {
        throw NobodyToAsk();
    }

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in descriptions)
        {
            if (!IsInteractive)
            {
                throw NobodyToAsk(field.Name);
            }

            _error.Write($"{field.Name}: ");
            answers[field.Name] = PSObject.AsPSObject(ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        throw NobodyToAsk();
    }

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName)
    {
        throw NobodyToAsk();
    }

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        throw NobodyToAsk();
    }

    private static HostException NobodyToAsk(string? field = null)
    {
        var what = field is null ? "It cannot be answered here" : $"-{field} is missing";
        return new HostException($"{what}: this shell does not ask questions. Give every value on the command line.");
    }

    private sealed class ErrorScope(ConsoleUserInterface console) : IDisposable
    {
        public void Dispose()
        {
            console._isShowingError = false;
        }
    }
}
