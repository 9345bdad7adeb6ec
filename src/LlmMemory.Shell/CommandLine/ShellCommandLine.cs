using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;

namespace LlmMemory.Shell.CommandLine;

/// <summary>
/// The shell's own options. They end at the first word of the command, so that what belongs to the command, such as
/// <c>-Parameters</c>, is never taken for one of them.
/// </summary>
internal sealed class ShellCommandLine
{
    private const string EndOfOptions = "--";

    // A bundle would split -abc and a response file would read @name: both are script text here.
    private static readonly ParserConfiguration Parsing = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    // An exception that gets this far is a defect; the runtime reports it better than a parser does.
    private static readonly InvocationConfiguration Invocation = new() { EnableDefaultExceptionHandler = false };

    private readonly Option<OutputFormat> _output = new("--output") { DefaultValueFactory = _ => OutputFormat.Text };
    private readonly Option<FileInfo?> _file = new("--file");
    private readonly RootCommand _root = [];

    public ShellCommandLine()
    {
        _output.AcceptOnlyFromAmong([.. Enum.GetNames<OutputFormat>().Select(name => name.ToLowerInvariant())]);
        _file.Validators.Add(CheckScriptFile);
        _root.Options.Clear();
        _root.Options.Add(_output);
        _root.Options.Add(_file);
        _root.Options.Add(new HelpOption("--help", "-h", "-?") { Action = new UsageAction() });
        _root.Options.Add(new VersionOption());
    }

    /// <summary>Shows the help or the version, reports bad options, or runs what was asked for.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="run">What does the work, and its exit code.</param>
    public int Invoke(string[] arguments, Func<ShellOptions, int> run)
    {
        var end = EndOfOwnOptions(arguments);
        var words = arguments[end..];
        var result = _root.Parse(arguments[..end], Parsing);
        _root.SetAction(parsed => run(Options(parsed, words is [EndOfOptions, .. var rest] ? rest : words)));
        if (result.Errors.Count > 0)
        {
            return Refuse(result);
        }

        return result.Invoke(Invocation);
    }

    private static int Refuse(ParseResult result)
    {
        foreach (var error in result.Errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        Console.Error.WriteLine("--help shows the options.");
        return ExitCode.BadOptions;
    }

    private static void CheckScriptFile(OptionResult option)
    {
        var file = option.GetValueOrDefault<FileInfo>();
        if (!file.Exists)
        {
            option.AddError($"There is no script file '{file}'.");
        }
        else if (!file.Extension.Equals(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            option.AddError($"'{file}' is not a script file: its name does not end in .ps1.");
        }
    }

    private ShellOptions Options(ParseResult parsed, string[] words)
    {
        return new ShellOptions
        {
            Output = parsed.GetValue(_output),
            ScriptFile = parsed.GetValue(_file)?.FullName,
            Words = words,
        };
    }

    private int EndOfOwnOptions(string[] arguments)
    {
        var end = 0;
        while (end < arguments.Length && arguments[end] is ['-', _, ..] and not EndOfOptions)
        {
            var option = arguments[end];
            end += option == _output.Name || option == _file.Name ? 2 : 1;
            if (option == _file.Name)
            {
                break;
            }
        }

        return Math.Min(end, arguments.Length);
    }
}
