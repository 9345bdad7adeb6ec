using System.Management.Automation;

namespace LlmMemory.Completion;

/// <summary>The word under the cursor: what it matches, and how a result is quoted the way the user began.</summary>
internal sealed class CompletionWord
{
    private readonly string _quote;
    private readonly WildcardPattern _pattern;

    private CompletionWord(string word, string quote)
    {
        _quote = quote;
        _pattern = WildcardPattern.Get(word + "*", WildcardOptions.IgnoreCase);
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
        return new CompletionResult(
            string.Concat(_quote, text, _quote), text, CompletionResultType.ParameterValue, tooltip);
    }
}
