using System;
using System.Collections.Generic;
using System.CommandLine;

namespace LlmMemory.Shell;

/// <summary>The shell's own options. They stand before the command; everything from its first word on is the command's.</summary>
internal static class ShellCommandLine
{
    private const string Description = """
        PowerShell's engine with the LlmMemory module loaded, for machines without PowerShell.

        A command follows the options:  --output json Get-LlmMemoryEstimate -Parameters 7B -Mode Training
        Without a command, a script is read from standard input; at a terminal, a prompt opens.
        """;

    private static readonly Option<string> Output = new("--output")
    {
        Description = "How objects are written.",
        DefaultValueFactory = _ => "text",
    };

    private static readonly Option<string> File = new("--file")
    {
        Description = "A script to run; what follows its path are its arguments.",
    };

    /// <summary>Reads the options and runs what they ask for.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        var commandStart = CommandStart(args);
        var parsed = Root(args[commandStart..]).Parse(args[..commandStart], new ParserConfiguration
        {
            // Nothing on this command line is ever read from a file that an @word names.
            ResponseFileTokenReplacer = null,
        });
        return parsed.Errors.Count > 0 ? Refuse(parsed) : parsed.Invoke();
    }

    private static RootCommand Root(IReadOnlyList<string> words)
    {
        Output.AcceptOnlyFromAmong("text", "json", "csv", "jsonl");
        var root = new RootCommand(Description) { Output, File };
        root.SetAction(parsed => Launcher.Run(
            Enum.Parse<OutputFormat>(parsed.GetRequiredValue(Output), ignoreCase: true), parsed.GetValue(File), words));
        return root;
    }

    private static int Refuse(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        Console.Error.WriteLine("Try --help.");
        return ExitCodes.BadUsage;
    }

    private static int CommandStart(string[] args)
    {
        var start = 0;
        while (start < args.Length && args[start].StartsWith("--", StringComparison.Ordinal))
        {
            var takesNext = args[start] == Output.Name || args[start] == File.Name;
            start += takesNext ? 2 : 1;
        }

        return Math.Min(start, args.Length);
    }
}
