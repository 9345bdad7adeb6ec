using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace LlmMemory.Shell.CommandLine;

/// <summary>Makes a script of the words that the caller's own shell has already taken apart.</summary>
internal static partial class ScriptText
{
    private const string StartsScript = "{($@'\"|&";

    /// <summary>Joins the words of a command as <c>pwsh -Command</c> does.</summary>
    /// <remarks>
    /// Unlike there, a word with white space in it is quoted again: the caller's shell has eaten the quotes of
    /// <c>-Parameters '7 billion'</c>. A word that opens script syntax, and a single word, is script text as it is.
    /// </remarks>
    /// <param name="words">The words.</param>
    public static string FromWords(IReadOnlyList<string> words)
    {
        return words.Count == 1 ? words[0] : string.Join(' ', words.Select(word => IsScript(word) ? word : Quote(word)));
    }

    /// <summary>Calls a script file with arguments.</summary>
    /// <remarks>
    /// A script's <c>exit</c> ends only the script when another one calls it, so its code is handed on. One line,
    /// because PowerShell shows the source line of an error only in longer scripts, and nobody wrote this one.
    /// </remarks>
    /// <param name="path">The full path of the file.</param>
    /// <param name="arguments">What follows it on the command line.</param>
    public static string FromFile(string path, IEnumerable<string> arguments)
    {
        var call = string.Join(' ', arguments.Select(argument => ParameterName().IsMatch(argument) ? argument : Quote(argument)));
        return $"& {Quote(path)} {call}; if (-not $? -and $LASTEXITCODE) {{ exit $LASTEXITCODE }}";
    }

    private static bool IsScript(string word)
    {
        return word.Length > 0 && (StartsScript.Contains(word[0]) || !word.Any(char.IsWhiteSpace));
    }

    private static string Quote(string word)
    {
        return $"'{CodeGeneration.EscapeSingleQuotedStringContent(word)}'";
    }

    [GeneratedRegex(@"^-[\p{L}_][\w-]*:?$", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}
