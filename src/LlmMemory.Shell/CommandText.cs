using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;

namespace LlmMemory.Shell;

/// <summary>Turns what the calling shell handed over, word by word, back into script text.</summary>
internal static class CommandText
{
    // A word that begins so is script: a block, an expression, a variable, a quoted text, a pipe.
    private const string ScriptStarts = "{($@'\"|&;";

    /// <summary>
    /// Joins a command's words. One word is script as it stands; among several, one with blanks in it was quoted for
    /// the calling shell (<c>'7 billion'</c>) and is quoted again.
    /// </summary>
    public static string OfWords(IReadOnlyList<string> words)
    {
        return words.Count == 1 ? words[0] : string.Join(' ', words.Select(Word));
    }

    /// <summary>The call of a script file with its arguments.</summary>
    public static string OfFile(string path, IReadOnlyList<string> arguments)
    {
        return string.Join(' ', arguments.Select(Word).Prepend("& " + Quoted(Path.GetFullPath(path))));
    }

    private static string Word(string word)
    {
        var isLiteral = word.Length == 0 || (word.Any(char.IsWhiteSpace) && !ScriptStarts.Contains(word[0]));
        return isLiteral ? Quoted(word) : word;
    }

    private static string Quoted(string text)
    {
        return $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
    }
}
