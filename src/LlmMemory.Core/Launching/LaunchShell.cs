using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Launching;

/// <summary>The shell that a command is written for: how it quotes, and how a line goes on.</summary>
public sealed class LaunchShell : NamedChoice
{
    // Letters that no shell reads as anything else; a dash in front would make an option of it.
    private static readonly Regex PlainWord = new(@"\A[A-Za-z0-9_./][A-Za-z0-9_./-]*\z", RegexOptions.CultureInvariant);

    private readonly string _continuation;
    private readonly System.Func<string, string> _quote;

    private LaunchShell(string name, string description, string continuation, System.Func<string, string> quote, params string[] aliases)
        : base(name, description, aliases)
    {
        _continuation = continuation;
        _quote = quote;
    }

    /// <summary>Bash, and every other shell of POSIX: sh, dash, zsh.</summary>
    public static LaunchShell Bash { get; } =
        new("Bash", "Bash: single quotes, lines go on after a backslash; sh, dash and zsh read the same", @" \", QuoteForPosix, "sh", "zsh", "posix");

    /// <summary>PowerShell.</summary>
    public static LaunchShell PowerShell { get; } =
        new("PowerShell", "PowerShell: single quotes, lines go on after a backtick", " `", QuoteForPowerShell, "pwsh");

    /// <summary>What is taken when none is said: the engines run on Linux.</summary>
    public static LaunchShell Default => Bash;

    /// <summary>All of them.</summary>
    public static NamedCatalogue<LaunchShell> All { get; } = new("shell", ErrorIds.LaunchShellUnknown, Bash, PowerShell);

    /// <summary>One word of a command, quoted where the shell would read it as anything else.</summary>
    /// <param name="word">The word; it may hold blanks, quotes and line breaks.</param>
    public string Quote(string word)
    {
        return PlainWord.IsMatch(word) ? word : _quote(word);
    }

    /// <summary>Puts the lines of one command together.</summary>
    internal string Join(params string[] lines)
    {
        return string.Join(_continuation + "\n", lines);
    }

    // Within single quotes nothing is special but the quote itself, which stands outside of them.
    private static string QuoteForPosix(string word)
    {
        return $"'{word.Replace("'", @"'\''")}'";
    }

    // PowerShell takes four more letters for a single quote: about_Quoting_Rules; System.Management.Automation, CharTraits.
    private static string QuoteForPowerShell(string word)
    {
        return word.Aggregate(new StringBuilder("'"), (text, letter) => IsSingleQuote(letter) ? text.Append(letter, 2) : text.Append(letter))
            .Append('\'')
            .ToString();
    }

    private static bool IsSingleQuote(char letter)
    {
        return letter is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B';
    }
}
