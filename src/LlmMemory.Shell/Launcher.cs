using System;
using System.Collections.Generic;
using System.IO;
using LlmMemory.Shell.Interactive;

namespace LlmMemory.Shell;

/// <summary>Decides what is run: a command, a file, standard input, or a prompt.</summary>
internal static class Launcher
{
    public static int Run(OutputFormat format, string? scriptPath, IReadOnlyList<string> words)
    {
        if (scriptPath is not null && !File.Exists(scriptPath))
        {
            Console.Error.WriteLine($"There is no script '{scriptPath}'. Give the path of a .ps1 file.");
            return ExitCodes.BadUsage;
        }

        using var session = ShellSession.Open(isInteractive: scriptPath is null && words.Count == 0 && !Console.IsInputRedirected);
        if (!session.LoadModule())
        {
            return ExitCodes.StatementFailed;
        }

        if (scriptPath is not null)
        {
            return session.RunOnce(CommandText.OfFile(scriptPath, words), format);
        }

        if (words.Count > 0)
        {
            return session.RunOnce(CommandText.OfWords(words), format);
        }

        return Console.IsInputRedirected
            ? session.RunOnce(Console.In.ReadToEnd(), format)
            : new Prompt(session, format).Run();
    }
}
