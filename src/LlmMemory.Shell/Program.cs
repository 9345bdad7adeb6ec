using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using LlmMemory.Shell.CommandLine;
using LlmMemory.Shell.Hosting;
using LlmMemory.Shell.Interactive;
using LlmMemory.Shell.Output;
using LlmMemory.Shell.Running;

namespace LlmMemory.Shell;

/// <summary>
/// A console for the module on machines without PowerShell. It adds no commands of its own: what it shows is what the
/// module yields.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new ShellCommandLine().Invoke(arguments, Run);
    }

    private static int Run(ShellOptions options)
    {
        var messages = TextStream.StandardError();
        // Beside data, whatever is meant for people goes to standard error.
        var results = options.Output == OutputFormat.Text ? TextStream.StandardOutput() : messages;
        var host = new ShellHost(new ShellUserInterface(results, messages, new TerminalQuestioner()));
        try
        {
            using var runspace = ModuleRunspace.Open(host);
            return Run(options, host, runspace);
        }
        catch (RuntimeException error)
        {
            messages.WriteLine($"The LlmMemory module could not be loaded. {error.Message}");
            return ExitCode.Failure;
        }
        catch (IOException error)
        {
            messages.WriteLine($"The output could not be written. {error.Message}");
            return ExitCode.Failure;
        }
    }

    private static int Run(ShellOptions options, ShellHost host, Runspace runspace)
    {
        using var interrupts = new Interrupts();
        var errors = new ErrorDisplay(runspace, host.UserInterface);
        var runner = new ScriptRunner(runspace, host, Channel(options.Output, errors), errors, interrupts);
        return Script(options) is { } script
            ? runner.Run(script)
            : new CommandPrompt(Terminal.Open(new Completer(runspace)), runner, host, interrupts).Run();
    }

    private static IOutputChannel Channel(OutputFormat format, ErrorDisplay errors)
    {
        return format == OutputFormat.Text
            ? new TextChannel()
            : new RecordChannel(() => RecordWriter.Open(format, Console.OpenStandardOutput()), errors);
    }

    /// <summary>The script to run, null where commands are to be typed.</summary>
    private static string? Script(ShellOptions options)
    {
        if (options.ScriptFile is not null)
        {
            return ScriptText.FromFile(options.ScriptFile, options.Words);
        }

        if (options.Words.Count > 0)
        {
            return ScriptText.FromWords(options.Words);
        }

        return Console.IsInputRedirected ? Console.In.ReadToEnd() : null;
    }
}
