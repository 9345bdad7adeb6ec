using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LlmMemory.Completion;

/// <summary>
/// The word under the cursor: what it matches, and how a result is quoted: the way the user began, or where its letters
/// would not stay one word.
/// </summary>
internal sealed class CompletionWord
{
    private const string Special = "'\"`$(){};,|&<>@#";

    private readonly string _quote;
    private readonly WildcardPattern _pattern;

    private CompletionWord(string word, string quote)
    {
        _quote = quote;

        // Asterisks find what is in the middle of a name; brackets are letters of names.
        _pattern = WildcardPattern.Get(word.Replace("[", "`[").Replace("]", "`]") + "*", WildcardOptions.IgnoreCase);
    }

    public static CompletionWord From(string? wordToComplete)
    {
        var word = wordToComplete ?? string.Empty;
        var quote = word.Length > 0 && word[0] is '\'' or '"' ? word.Substring(0, 1) : string.Empty;
        return new CompletionWord(word.Trim('\'', '"'), quote);
    }

    public bool Matches(string text)
    {
        return _pattern.IsMatch(text);
    }

    public CompletionResult Result(string text, string tooltip)
    {
        return new CompletionResult(Quoted(text), text, CompletionResultType.ParameterValue, tooltip);
    }

    private string Quoted(string text)
    {
        var isOneWord = !text.Any(letter => char.IsWhiteSpace(letter) || Special.IndexOf(letter) >= 0);
        if (isOneWord)
        {
            return string.Concat(_quote, text, _quote);
        }

        // Within double quotes some of these letters would still mean something.
        return string.Concat("'", CodeGeneration.EscapeSingleQuotedStringContent(text), "'");
    }
}
